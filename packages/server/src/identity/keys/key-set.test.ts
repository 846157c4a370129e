import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { publicKeyArray, type SigningKey, signingKey } from '@countersign/simulators';
import { chooseKey } from './choose-key.ts';
import { parseKeySet } from './parse-key-set.ts';

let first: SigningKey;
let second: SigningKey;
before(async () => {
  [first, second] = [await signingKey({ kid: '2026-q4' }), await signingKey({ kid: '2027-q1' })];
});

const parsed = (body: unknown) => {
  const set = parseKeySet(typeof body === 'string' ? body : JSON.stringify(body));
  assert.ok(set);
  return set;
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a key URL may answer', () => {
  test('one PEM, with either line end and space around it', () => {
    for (const pem of [first.publicKeyPem, ` \n${first.publicKeyPem.replaceAll('\n', '\r\n')}\n`]) {
      const { keys } = parsed(pem);
      assert.ok(keys[0]?.key.equals(first.publicKey));
      assert.equal(keys[0]?.kid, null);
    }
  });
  test('an array, whatever the case of its member names, with CRLF in the PEM', () => {
    const publicKey = base64(first.publicKeyPem.replaceAll('\n', '\r\n'));
    for (const name of ['publicKey', 'publickey', 'PublicKey', 'PUBLICKEY']) {
      const { keys } = parsed([{ Kid: 'a', [name]: publicKey, Expiry: 1_893_456_000 }]);
      assert.ok(keys[0]?.key.equals(first.publicKey));
      assert.equal(keys[0]?.expiresAt, 1_893_456_000_000);
    }
  });
  test('an array of which some members cannot be used', () => {
    const [good] = publicKeyArray([{ key: first, expiry: 1_893_456_000 }]);
    const privatePem = first.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { keys, unusable } = parsed([
      { kid: 'private', publicKey: base64(privatePem) },
      { kid: 'garbage', publicKey: 'AAAA' },
      { kid: 'none' },
      { publicKey: good?.publicKey },
      { kid: 'dated', publicKey: good?.publicKey, expiry: '2030' },
      good,
    ]);
    assert.deepEqual(
      keys.map(({ kid }) => kid),
      ['2026-q4'],
    );
    assert.deepEqual(
      unusable.map(({ kid, why }) => `${kid}: ${why}`),
      [
        'private: a private key: replace it at once',
        'garbage: not one PEM "BEGIN PUBLIC KEY" block',
        'none: without publicKey',
        'null: without a kid',
        'dated: expiry is not a number of seconds',
      ],
    );
  });
  test('nothing else', () => {
    for (const body of ['', '<html>', '{}', '"PEM"', 'null', '{"keys":{}}'])
      assert.equal(parseKeySet(body), null, body);
  });
  test('two different keys under one kid: neither is used; the same key twice is one', () => {
    const clash = parsed({ keys: [first.jwk, { ...second.jwk, kid: first.kid }] });
    assert.deepEqual(clash.keys, []);
    assert.equal(chooseKey(clash, first.kid, 0).found, 'unusable');
    assert.equal(chooseKey(parsed({ keys: [first.jwk, first.jwk] }), first.kid, 0).found, 'key');
  });
});

describe('the key of a token', () => {
  const array = (expiry: number) =>
    parsed(
      publicKeyArray([
        { key: first, expiry },
        { key: second, expiry: 2000 },
      ]),
    );
  test('is unusable from its expiry on, and the other one then needs no kid', () => {
    assert.equal(chooseKey(array(1000), first.kid, 999_999).found, 'key');
    assert.equal(chooseKey(array(1000), first.kid, 1_000_000).found, 'unusable');
    assert.equal(chooseKey(array(1000), null, 999_999).found, 'unknown');
    assert.equal(chooseKey(array(1000), null, 1_000_000).found, 'key');
  });
  test('is the single one published without kid, whatever the token says', () => {
    const { kid: _, ...nameless } = first.jwk;
    assert.equal(chooseKey(parsed({ keys: [nameless] }), 'any', 0).found, 'key');
    assert.equal(chooseKey(parsed({ keys: [nameless, second.jwk] }), 'any', 0).found, 'unknown');
  });
});
