import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { applyAttachmentCipher } from '../src/apple-gateway/crypto/attachment-cipher.ts';
import {
  base64Url,
  concat,
  fromBase64,
  fromHex,
  hex,
  utf8,
} from '../src/apple-gateway/crypto/bytes.ts';
import { keyOfSecret, signToken, verifyToken } from '../src/apple-gateway/crypto/json-web-token.ts';
import {
  decryptToken,
  deriveKeyBytes,
  encryptToken,
  importEncryptionKey,
  sharedSecret,
} from '../src/apple-gateway/crypto/token-encryption.ts';

const SECRET = 'LCihlNq5J0pGie1oaDWIGJ4wgWC42WbE0pchOf7JA10=';
const MSP_ID = '7d0f9c52-3a61-4e0b-9a57-2f6f0d9b1c11';
const OUTBOUND =
  'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiI3ZDBmOWM1Mi0zYTYxLTRlMGItOWE1Ny0yZjZmMGQ5YjFjMTEiLCJpYXQiOjE3NjcyMjU2MDB9.rurumxC0E0-CGe3RpDNIm8BN2bBWHr4ogPpFUyNjUjY';
const INBOUND =
  'eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiI3ZDBmOWM1Mi0zYTYxLTRlMGItOWE1Ny0yZjZmMGQ5YjFjMTEiLCJpYXQiOjE3NjcyMjU2MDB9.I9rzhks_4r5ArWQcfnsE3Bd4KtiUa-Mbz--z7j4YZIk';

suite('tokens between gateway and provider', () => {
  test('[2.3] the vector: the key is the decoded secret', () => {
    const key = '2c28a194dab9274a4689ed68683588189e308160b8d966c4d2972139fec9035d';
    assert.equal(hex(keyOfSecret(SECRET)), key);
  });

  test('[2.3] the vector: outbound and inbound token, byte for byte', async () => {
    const key = keyOfSecret(SECRET);
    assert.equal(await signToken(key, { iss: MSP_ID, iat: 1767225600 }), OUTBOUND);
    assert.equal(await signToken(key, { aud: MSP_ID, iat: 1767225600 }), INBOUND);
  });

  test('[2.3] the vector is believed, and not with the text of the secret as key', async () => {
    assert.deepEqual(await verifyToken(OUTBOUND, keyOfSecret(SECRET)), {
      kind: 'claims',
      claims: { iss: MSP_ID, iat: 1767225600 },
    });
    assert.deepEqual(await verifyToken(OUTBOUND, utf8(SECRET)), {
      kind: 'refused',
      fault: 'bad_signature',
    });
  });
});

suite('attachments', () => {
  test('[4.2] the vector, in both directions', async () => {
    const key = '007f523be39404241e94b509dbe5cc0677083947650c950e40b9ecfb2b1ec509dd';
    const clear = utf8('Hello, attachment! 0123456789\n');
    const cipher = '77e9f49c0e124ba30ec805fdb4920a274617d75f4e9a444d19b3ef04be86';
    assert.equal(hex(await applyAttachmentCipher(clear, key)), cipher);
    assert.deepEqual(await applyAttachmentCipher(fromHex(cipher), key), clear);
  });
});

const VECTOR_1 = {
  privateScalar:
    '27cb535c4dd7952796691d4a2c2ee3a49db5e0c06f818916b7f3071269f20712593951bf411f8f247420c4112ed3bd7b',
  encryptionKey:
    'BG7FGqkVNho+4NWDnwpqVCTJdphaOBWzOHZ/8W+P+OHZuTxdvjVqHiLvsdvIbBTUFtQ7y+BSgafOTJ3TPASTMhEZoA2I3nZb3Jr/P3e2PDHZzhEg5MUWUskfqfQv6LgI3A==',
  ephemeralScalar:
    'c3191df7f31e60a0ffb8b67a21375b1ff106d056cdbad7f1facfba1aebda754e430a8c8cde2fec6adcec536c4e862ea8',
  ephemeralPoint:
    '0472b0941e6a866927ea93f595cdbd41758ac4409ab5de15e23404137e42303c2509be2613087d0613dd20fffa0e77f6a6122da52f1966297362afc7217c2aa6ce25115eb348535f27268fca73a5d9bdfea3c2dbc51b44531e683e012f0fa300b9',
  shared:
    '1fab078f1ef4a64600ddb3c0d128f80dddcdb718cfdbbc848aafdbd8a31beb5bd7ca90398c2166413c58cc5b011a08ef',
  keyBytes:
    '72d6df5139bef5c43890a027e680699881250e7d3540561714a90078625e41049d513b006cacd161a31712a788a3e817',
  plaintext: 'spec-access-token-0001',
  token:
    'BHKwlB5qhmkn6pP1lc29QXWKxECatd4V4jQEE35CMDwlCb4mEwh9BhPdIP/6Dnf2phItpS8ZZilzYq/HIXwqps4lEV6zSFNfJyaPynOl2b3+o8LbxRtEUx5oPgEvD6MAueRERcqbh46yjcRqGDviyir25UQcUuNeUk/FhUgnf3x+xzfqV1vV',
};

const VECTOR_2 = {
  privateScalar:
    '009fdef1c5fed7064c8ee54e57f4e6a133dd79e2230370ede5bc62dcdca0af9bdf680c4be344f8acbe0ed30af839073f',
  encryptionKey:
    'BGTeQ+jt6knN+y3wNf3mHjNKNCJOQIWvnfjSGY1124jJv5GHGclhWo0lDZzW75i/gBB3Bh65zyiZXoywz7IDE0tILuUbsBRkcHVgTg5ocmbwoBXpEsoG6+X+lVMplj/E5A==',
  shared:
    '0004d717bf3cc6a214b78815a66d6c9fead60d65aa10669c0653433d0f9ffdae69a2006fc9cf0ec95ba7263eadadc8bf',
  keyBytes:
    'b4a8e2aa84536fb68fd34c58e3da0b78f29171c0736abfcd6d6f227297903d1642106a949e1a0cc1a693618f9ab8db17',
  plaintext: 'zero-lead',
  token:
    'BOJgKbPTU9eyeGMMgM4R8KDY2Y2fsXYnsgbRimXE9P7blf2qSyY+rfBdoEf92lLADRV3hG9rWY3a0eY8ipnh1hahfLjVPZp4YXnSfuxFLDsvfZtpT/lIey8q1CtefTHQbUl5Hzshdw0OdjQZdKEB0ajWx8rWRxJ7t1U=',
};

/** A P-384 private key, from its scalar and its public point. */
function importPrivate(scalar: string, point: Uint8Array): Promise<CryptoKey> {
  const jwk = {
    kty: 'EC',
    crv: 'P-384',
    d: base64Url(fromHex(scalar)),
    x: base64Url(point.slice(1, 49)),
    y: base64Url(point.slice(49)),
  };
  const curve = { name: 'ECDH', namedCurve: 'P-384' };
  return crypto.subtle.importKey('jwk', jwk, curve, true, ['deriveBits']);
}

const recipientOf = (vector: { privateScalar: string; encryptionKey: string }) =>
  importPrivate(vector.privateScalar, fromBase64(vector.encryptionKey));

suite('access tokens on their way from the device', () => {
  test('[8] vector 1: encrypts to the very token, with Z, key and IV on the way', async () => {
    const point = fromHex(VECTOR_1.ephemeralPoint);
    const privateKey = await importPrivate(VECTOR_1.ephemeralScalar, point);
    const recipient = await importEncryptionKey(VECTOR_1.encryptionKey);
    const shared = await sharedSecret(privateKey, recipient);
    assert.equal(hex(shared), VECTOR_1.shared);
    assert.equal(hex(await deriveKeyBytes(shared, point)), VECTOR_1.keyBytes);
    const curve = { name: 'ECDH', namedCurve: 'P-384' };
    const publicKey = await crypto.subtle.importKey('raw', point, curve, true, []);
    const pair = { privateKey, publicKey };
    const token = await encryptToken(VECTOR_1.plaintext, VECTOR_1.encryptionKey, pair);
    assert.equal(token, VECTOR_1.token);
  });

  test('[8] vector 1: decrypts', async () => {
    const clear = await decryptToken(VECTOR_1.token, await recipientOf(VECTOR_1));
    assert.equal(clear, VECTOR_1.plaintext);
  });

  test('[8] vector 2: a scalar and a Z that begin with a zero byte', async () => {
    const privateKey = await recipientOf(VECTOR_2);
    const point = fromBase64(VECTOR_2.token).slice(0, 97);
    const curve = { name: 'ECDH', namedCurve: 'P-384' };
    const ephemeral = await crypto.subtle.importKey('raw', point, curve, true, []);
    const shared = await sharedSecret(privateKey, ephemeral);
    assert.equal(hex(shared), VECTOR_2.shared);
    assert.equal(hex(await deriveKeyBytes(shared, point)), VECTOR_2.keyBytes);
    assert.equal(await decryptToken(VECTOR_2.token, privateKey), VECTOR_2.plaintext);
  });

  for (const [name, vector] of Object.entries({ VECTOR_1, VECTOR_2 })) {
    test(`[8] negative: any bit of ${name}'s token flipped`, async () => {
      const bytes = fromBase64(vector.token);
      const privateKey = await recipientOf(vector);
      const refusals = Array.from({ length: bytes.length * 8 }, async (_, bit) => {
        const changed = concat(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await assert.rejects(decryptToken(changed.toBase64(), privateKey));
      });
      await Promise.all(refusals);
    });
  }

  test("[8] negative: vector 1's token with vector 2's key", async () => {
    await assert.rejects(decryptToken(VECTOR_1.token, await recipientOf(VECTOR_2)));
  });
});

test('[17] the simulator takes its cryptography from WebCrypto, and nothing from the server', () => {
  const folder = join(import.meta.dirname, '../src/apple-gateway');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts'));
  assert.ok(sources.length > 30);
  for (const file of sources) {
    const source = readFileSync(join(folder, file), 'utf8');
    assert.doesNotMatch(source, /from '(node:crypto|@countersign|(\.\.\/)+server)/, file);
  }
});
