import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { isGatewayToken, signGatewayToken } from './gateway-token.ts';

const SECRET = 'LCihlNq5J0pGie1oaDWIGJ4wgWC42WbE0pchOf7JA10=';
const mspId = '7d0f9c52-3a61-4e0b-9a57-2f6f0d9b1c11';
const owner = { mspId, mspSecrets: [SECRET] };
const NOW = 1767225600_000;
const OUTBOUND =
  'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiI3ZDBmOWM1Mi0zYTYxLTRlMGItOWE1Ny0yZjZmMGQ5YjFjMTEiLCJpYXQiOjE3NjcyMjU2MDB9.rurumxC0E0-CGe3RpDNIm8BN2bBWHr4ogPpFUyNjUjY';
const INBOUND =
  'eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiI3ZDBmOWM1Mi0zYTYxLTRlMGItOWE1Ny0yZjZmMGQ5YjFjMTEiLCJpYXQiOjE3NjcyMjU2MDB9.I9rzhks_4r5ArWQcfnsE3Bd4KtiUa-Mbz--z7j4YZIk';

/** A token as anybody can make one. */
function made(
  claims: unknown,
  { alg = 'HS256', key = Buffer.from(SECRET, 'base64') }: { alg?: string; key?: Buffer } = {},
): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

test('§2.3 the vectors: what we sign, and what Apple signs', () => {
  assert.equal(signGatewayToken(owner, NOW), OUTBOUND);
  assert.ok(isGatewayToken(INBOUND, owner, NOW));
});

const claims = { aud: mspId, iat: NOW / 1000 };

test('§3.3 an audience may be one of several, and either of two secrets will do', () => {
  assert.ok(isGatewayToken(made({ ...claims, aud: ['other', mspId] }), owner, NOW));
  const other = Buffer.alloc(32, 1).toString('base64');
  assert.ok(isGatewayToken(INBOUND, { mspId, mspSecrets: [other, SECRET] }, NOW));
  assert.ok(isGatewayToken(INBOUND, owner, NOW + 3600_000));
  assert.ok(isGatewayToken(INBOUND, owner, NOW - 3600_000));
});

const refused: [title: string, token: string, now?: number][] = [
  ['our own token', OUTBOUND],
  ['no token', ''],
  ['two parts', INBOUND.split('.').slice(0, 2).join('.')],
  ['four parts', `${INBOUND}.x`],
  ['a signature that lost its end', INBOUND.slice(0, -2)],
  ['the algorithm none', made(claims, { alg: 'none' })],
  ['the algorithm none, unsigned', `${made(claims, { alg: 'none' }).split('.', 2).join('.')}.`],
  ['another algorithm', made(claims, { alg: 'HS384' })],
  ['a public-key algorithm', made(claims, { alg: 'RS256' })],
  ['an algorithm in lower case', made(claims, { alg: 'hs256' })],
  ['the text of the secret for a key', made(claims, { key: Buffer.from(SECRET) })],
  ['another key', made(claims, { key: Buffer.alloc(32) })],
  ['another audience', made({ ...claims, aud: 'other' })],
  ['no audience', made({ iat: claims.iat })],
  ['no time', made({ aud: mspId })],
  ['a time that is a text', made({ ...claims, iat: String(claims.iat) })],
  ['a time in milliseconds', made({ ...claims, iat: NOW })],
  ['a stale time', INBOUND, NOW + 3601_000],
  ['a time to come', INBOUND, NOW - 3601_000],
  ['claims that are a list', made([claims])],
  ['claims that are nothing', made(null)],
];
for (const [title, token, now = NOW] of refused)
  test(`§3.3 refused: ${title}`, () => assert.ok(!isGatewayToken(token, owner, now)));
