import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, importSPKI, jwtVerify } from 'jose';
import { type KeyFormat, startTokenIssuer, type TokenIssuer } from '../src/index.ts';

const body = async (issuer: TokenIssuer, format: KeyFormat): Promise<string> =>
  (await fetch(issuer.keyUrls[format])).text();

const kidsIn = async (issuer: TokenIssuer): Promise<string[]> => {
  const array: { kid: string }[] = JSON.parse(await body(issuer, 'array'));
  return array.map(({ kid }) => kid);
};

/** By what is published at this moment, in each of the three forms. */
async function isGood(issuer: TokenIssuer, token: string, format: KeyFormat): Promise<boolean> {
  const text = await body(issuer, format);
  const options = { issuer: issuer.issuer, algorithms: ['RS256'] };
  try {
    if (format === 'jwks') await jwtVerify(token, createLocalJWKSet(JSON.parse(text)), options);
    else if (format === 'pem') await jwtVerify(token, await importSPKI(text, 'RS256'), options);
    else await Promise.any(await arrayChecks(text, token, options));
    return true;
  } catch {
    return false;
  }
}

async function arrayChecks(text: string, token: string, options: object) {
  const array: { publicKey: string }[] = JSON.parse(text);
  return array.map(async ({ publicKey }) => {
    const pem = Buffer.from(publicKey, 'base64').toString();
    return jwtVerify(token, await importSPKI(pem, 'RS256'), options);
  });
}

test('K13 the drill: add, sign with it, retire the old; array and set hold every token in use', async () => {
  const issuer = await startTokenIssuer();
  const before = issuer.token('u-1');
  for (const format of ['pem', 'array', 'jwks'] as const)
    assert.equal(await isGood(issuer, before, format), true, format);
  await issuer.rotate.add();
  assert.deepEqual(await kidsIn(issuer), ['customer-1', 'customer-2']);
  assert.equal(await isGood(issuer, issuer.token('u-1'), 'pem'), true);
  issuer.rotate.signWithNew();
  const later = issuer.token('u-1');
  for (const format of ['array', 'jwks'] as const) {
    assert.equal(await isGood(issuer, before, format), true, format);
    assert.equal(await isGood(issuer, later, format), true, format);
  }
  assert.equal(await isGood(issuer, later, 'pem'), true);
  assert.equal(await isGood(issuer, before, 'pem'), false, 'one PEM has room for one key');
  issuer.rotate.retireOld();
  assert.deepEqual(await kidsIn(issuer), ['customer-2']);
  assert.equal(await isGood(issuer, later, 'jwks'), true);
  assert.equal(await isGood(issuer, before, 'jwks'), false);
  await issuer.close();
});

test('K13 revoked, replaced under its name, and nothing published', async () => {
  const issuer = await startTokenIssuer();
  const stolen = await issuer.rotate.revoke();
  assert.equal(await isGood(issuer, issuer.token('u-1', { key: stolen }), 'jwks'), false);
  assert.equal(await isGood(issuer, issuer.token('u-1'), 'jwks'), true);
  const { kid } = issuer.signing;
  const old = issuer.token('u-1');
  await issuer.rotate.replaceSameKid();
  assert.deepEqual(await kidsIn(issuer), [kid]);
  assert.equal(await isGood(issuer, old, 'jwks'), false);
  issuer.rotate.publishNothing();
  assert.deepEqual(await kidsIn(issuer), []);
  assert.equal(await body(issuer, 'pem'), '');
  issuer.rotate.publishAgain();
  assert.equal(await isGood(issuer, issuer.token('u-1'), 'pem'), true);
  await issuer.close();
});
