import assert from 'node:assert/strict';
import { createCipheriv, createECDH, hash } from 'node:crypto';
import { test } from 'node:test';
import { decryptToken, newEncryptionKey, publicKeyOf } from './decrypt-token.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** The two vectors of the specification, §8. */
const vectors = [
  {
    scalar: hex(
      '27cb535c4dd7952796691d4a2c2ee3a49db5e0c06f818916b7f3071269f20712593951bf411f8f247420c4112ed3bd7b',
    ),
    publicKey:
      'BG7FGqkVNho+4NWDnwpqVCTJdphaOBWzOHZ/8W+P+OHZuTxdvjVqHiLvsdvIbBTUFtQ7y+BSgafOTJ3TPASTMhEZoA2I3nZb3Jr/P3e2PDHZzhEg5MUWUskfqfQv6LgI3A==',
    plain: 'spec-access-token-0001',
    token:
      'BHKwlB5qhmkn6pP1lc29QXWKxECatd4V4jQEE35CMDwlCb4mEwh9BhPdIP/6Dnf2phItpS8ZZilzYq/HIXwqps4lEV6zSFNfJyaPynOl2b3+o8LbxRtEUx5oPgEvD6MAueRERcqbh46yjcRqGDviyir25UQcUuNeUk/FhUgnf3x+xzfqV1vV',
  },
  {
    scalar: hex(
      '009fdef1c5fed7064c8ee54e57f4e6a133dd79e2230370ede5bc62dcdca0af9bdf680c4be344f8acbe0ed30af839073f',
    ),
    publicKey:
      'BGTeQ+jt6knN+y3wNf3mHjNKNCJOQIWvnfjSGY1124jJv5GHGclhWo0lDZzW75i/gBB3Bh65zyiZXoywz7IDE0tILuUbsBRkcHVgTg5ocmbwoBXpEsoG6+X+lVMplj/E5A==',
    plain: 'zero-lead',
    token:
      'BOJgKbPTU9eyeGMMgM4R8KDY2Y2fsXYnsgbRimXE9P7blf2qSyY+rfBdoEf92lLADRV3hG9rWY3a0eY8ipnh1hahfLjVPZp4YXnSfuxFLDsvfZtpT/lIey8q1CtefTHQbUl5Hzshdw0OdjQZdKEB0ajWx8rWRxJ7t1U=',
  },
] as const;
const [first, second] = vectors;
const TAG_BITS = 128;

/** What a device does, for plaintexts that the vectors do not have. */
function encrypt(plain: Uint8Array, publicKey: string): string {
  const ephemeral = createECDH('secp384r1');
  const point = ephemeral.generateKeys();
  const shared = ephemeral.computeSecret(Buffer.from(publicKey, 'base64'));
  const block = (n: number) =>
    hash('sha256', Buffer.concat([shared, hex(`0000000${n}`), point]), 'buffer');
  const derived = Buffer.concat([block(1), block(2)]);
  const gcm = createCipheriv('aes-256-gcm', derived.subarray(0, 32), derived.subarray(32, 48));
  const sealed = Buffer.concat([gcm.update(plain), gcm.final()]);
  return Buffer.concat([point, sealed, gcm.getAuthTag()]).toString('base64');
}

const flipped = (token: string, bit: number): string => {
  const bytes = Buffer.from(token, 'base64');
  const at = bit >> 3;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('base64');
};

for (const [index, { scalar, publicKey, plain, token }] of vectors.entries()) {
  test(`[AMB 8] vector ${index + 1} decrypts, and its public key is that of the scalar`, () => {
    assert.deepEqual(decryptToken(token, scalar), { accessToken: plain });
    assert.equal(publicKeyOf(scalar), publicKey);
  });

  test(`[AMB 8] vector ${index + 1}: no bit of the ciphertext or the tag can be flipped`, () => {
    const bits = Buffer.from(token, 'base64').length * 8;
    for (let bit = bits - TAG_BITS - 32; bit < bits; bit += 1)
      assert.deepEqual(decryptToken(flipped(token, bit), scalar), {
        problem: 'the tag does not fit',
      });
  });

  test(`[AMB 8] vector ${index + 1}: no bit of the ephemeral point can be flipped`, () => {
    for (let bit = 0; bit < 97 * 8; bit += 5)
      assert.ok('problem' in decryptToken(flipped(token, bit), scalar), `bit ${bit}`);
  });
}

test('[AMB 8] a scalar whose leading zero was dropped is padded', () => {
  assert.deepEqual(decryptToken(second.token, second.scalar.subarray(1)), {
    accessToken: second.plain,
  });
});

test('[AMB 8] the key of another request does not open it', () => {
  assert.deepEqual(decryptToken(first.token, second.scalar), { problem: 'the tag does not fit' });
  assert.deepEqual(decryptToken(second.token, first.scalar), { problem: 'the tag does not fit' });
});

test('[AMB 8] a point that is not on the curve is not computed with', () => {
  const p256 = createECDH('prime256v1').generateKeys();
  const rest = Buffer.from(first.token, 'base64').subarray(97);
  const padded = Buffer.concat([p256, Buffer.alloc(97 - p256.length)]);
  const problem = { problem: 'the point is not on P-384' };
  const token = Buffer.concat([padded, rest]).toString('base64');
  assert.deepEqual(decryptToken(token, first.scalar), problem);
  const zero = Buffer.concat([hex('04'), Buffer.alloc(96), rest]).toString('base64');
  assert.deepEqual(decryptToken(zero, first.scalar), problem);
});

test('[AMB 8] what is no token is refused before anything is computed', () => {
  const bytes = Buffer.from(first.token, 'base64');
  const compressed = Buffer.concat([hex('02'), bytes.subarray(1)]).toString('base64');
  const bare = Buffer.concat([bytes.subarray(0, 97), bytes.subarray(-16)]).toString('base64');
  const cases: [string, RegExp][] = [
    ['', /not Base64/],
    ['%%%', /not Base64/],
    [`${first.token}=`, /not Base64/],
    [first.token.replaceAll('/', '_').replaceAll('+', '-'), /not Base64/],
    [`${first.token.slice(0, 60)}\n${first.token.slice(60)}`, /not Base64/],
    [bytes.subarray(0, 112).toString('base64'), /only 112 bytes/],
    [bare, /only 113 bytes/],
    [compressed, /no uncompressed point/],
    ['A'.repeat(40_000), /longer than 16 KiB/],
  ];
  for (const [token, expected] of cases) {
    const answer = decryptToken(token, first.scalar);
    assert.match('problem' in answer ? answer.problem : 'decrypted', expected);
  }
});

test('[AMB 8] an empty token, one over 16 KiB and one that is not UTF-8 are refused', () => {
  const longest = Buffer.alloc(16 * 1024, 'a');
  const cases: [Uint8Array, string | null][] = [
    [Buffer.alloc(0), 'only 113 bytes'],
    [longest, null],
    [Buffer.concat([longest, Buffer.from('a')]), 'longer than 16 KiB'],
    [hex('c328'), 'not UTF-8'],
    [Buffer.from('tøken'), null],
  ];
  for (const [plain, problem] of cases) {
    const answer = decryptToken(encrypt(plain, first.publicKey), first.scalar);
    const expected = problem === null ? { accessToken: plain.toString() } : { problem };
    assert.deepEqual(answer, expected);
  }
});

test('[AMB 7.1] a new key is a 97-byte point of P-384, is never the same, and opens what is sent to it', () => {
  const seen = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    const { scalar, publicKey } = newEncryptionKey();
    const point = Buffer.from(publicKey, 'base64');
    assert.deepEqual([scalar.length, point.length, point[0]], [48, 97, 4]);
    assert.equal(publicKeyOf(scalar), publicKey);
    const token = encrypt(Buffer.from(`token ${round}`), publicKey);
    assert.deepEqual(decryptToken(token, scalar), { accessToken: `token ${round}` });
    seen.add(publicKey);
  }
  assert.equal(seen.size, 20);
});
