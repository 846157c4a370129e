// What cannot work is refused where it is written, with what to do.
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import {
  type Customer,
  createSiteKit,
  SiteKitError,
  type SiteKitErrorCode,
  type SiteKitOptions,
} from './index.ts';

const pemOf = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
const pem = pemOf(2048);
const publicPem = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const NOW = Date.parse('2026-12-01T12:00:00Z');

const kitWith = (options: Partial<SiteKitOptions> = {}) =>
  createSiteKit({
    issuer: 'shop.example',
    keys: [{ id: 'a', privateKey: pem }],
    now: () => NOW,
    ...options,
  });

function refused(code: SiteKitErrorCode, says: RegExp, run: () => unknown): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof SiteKitError);
    assert.equal(error.code, code);
    assert.match(error.message, says);
    assert.doesNotMatch(error.message, /MII/, 'no key in a message');
    return true;
  });
}

const claimsIn = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

test('a token says who, since when and until when, and no more than was given', () => {
  const { jti, ...claims } = claimsIn(kitWith().sign({ id: 'c-1', email: '', facts: {} }));
  const iat = NOW / 1000;
  assert.deepEqual(claims, { iss: 'shop.example', sub: 'c-1', iat, nbf: iat, exp: iat + 900 });
  assert.match(jti, /^[\da-f-]{36}$/);
});

test('no token outlives its key', () => {
  const retireAt = new Date(NOW + 60_000);
  const kit = kitWith({ keys: [{ id: 'a', privateKey: pem, retireAt }] });
  assert.equal(claimsIn(kit.sign({ id: 'c-1' })).exp, NOW / 1000 + 60);
});

test('nothing private is published', () => {
  for (const format of ['jwks', 'list', 'pem'] as const) {
    const { body } = kitWith().publicKeys(format);
    assert.doesNotMatch(body, /PRIVATE|"d"|"p"/);
    assert.doesNotMatch(Buffer.from(body, 'base64').toString('latin1'), /PRIVATE/);
  }
  assert.deepEqual(Object.keys(JSON.parse(kitWith().publicKeys().body).keys[0]).sort(), [
    ...['alg', 'e', 'kid', 'kty', 'n', 'use'],
  ]);
});

test('a PEM that a hosting provider keeps on one line is read', () => {
  const privateKey = pem.trim().replaceAll('\n', '\\n');
  assert.ok(kitWith({ keys: [{ id: 'a', privateKey }] }).sign({ id: 'c-1' }));
});

const keyFaults: [name: string, key: object, says: RegExp][] = [
  ['none', { id: 'a', privateKey: undefined }, /check that the file or the variable is there/],
  ['a public one', { id: 'a', privateKey: publicPem }, /is public; signing needs the private one/],
  ['a file’s name', { id: 'a', privateKey: './key.pem' }, /not the file’s name/],
  ['damaged', { id: 'a', privateKey: pem.replace(/\n.{20}/, '\n') }, /missing or changed/],
  ['an elliptic curve', { id: 'a', privateKey: elliptic.privateKey }, /needs RSA.*new-key/],
  ['too short', { id: 'a', privateKey: pemOf(1024) }, /has 1024 bits/],
  ['without an id', { privateKey: pem }, /without a usable `id`/],
  [
    'no time',
    { id: 'a', privateKey: pem, signFrom: 'tomorrow' },
    /`signFrom` of the key a is no time/,
  ],
];
for (const [name, key, says] of keyFaults)
  test(`a key that cannot sign: ${name}`, () => {
    const keys = [key] as unknown as SiteKitOptions['keys'];
    refused('invalid_key', says, () => kitWith({ keys }));
  });

const at = (days: number) => new Date(NOW + days * 86_400_000);
const rotations: [name: string, says: RegExp, keys: SiteKitOptions['keys']][] = [
  ['two at once', /begin to sign at the same time/, [key('a'), key('b')]],
  ['one id twice', /two keys have the id a/i, [key('a'), key('a', { signFrom: at(1) })]],
  [
    'an end too early',
    /`retireAt` has to be 2026-12-02T12:15/,
    [key('a', { retireAt: at(1) }), key('b', { signFrom: at(1) })],
  ],
  [
    'an end before the beginning',
    /ends before it begins/,
    [key('a', { signFrom: at(2), retireAt: at(1) })],
  ],
];
function key(id: string, times: { signFrom?: Date; retireAt?: Date } = {}) {
  return { id, privateKey: pem, ...times };
}
for (const [name, says, keys] of rotations)
  test(`a rotation that would break something: ${name}`, () =>
    refused('invalid_rotation', says, () => kitWith({ keys })));

test('a time in which no key signs is told when a token is asked for', () => {
  const kit = kitWith({ keys: [key('a', { signFrom: at(1) })] });
  refused('no_signing_key', /Add a new one/, () => kit.sign({ id: 'c-1' }));
});

for (const [options, says] of [
  [{ keys: [] }, /new-key/],
  [{ issuer: '' }, /`issuer` of the authentication setting/],
  [{ audience: ' chat' }, /`audience`/],
  [{ lifetimeSeconds: 604_800 }, /30 to 86400/],
] as const)
  test(`an option that cannot work: ${JSON.stringify(options)}`, () =>
    refused('invalid_option', says, () => kitWith(options)));

const customers: [customer: object, says: RegExp][] = [
  [{}, /`id` is missing.*answer null/],
  [{ id: 1007 }, /String\(id\)/],
  [{ id: ' c-1' }, /trim/],
  [{ id: 'c\u200b1' }, /look like others/],
  [{ id: 'c'.repeat(256) }, /256 characters/],
  [{ id: 'c-1', email: 7 }, /`email` is not a string/],
  [{ id: 'c-1', givenName: 'x'.repeat(101) }, /at most 100/],
  [{ id: 'c-1', facts: { since: new Date(0) } }, /fact `since`.*ISO/],
  [{ id: 'c-1', facts: { text: 'x'.repeat(4001) } }, /longer than 4000/],
];
for (const [customer, says] of customers)
  test(`a customer no token can name: ${JSON.stringify(customer).slice(0, 40)}`, () =>
    refused('invalid_customer', says, () => kitWith().sign(customer as Customer)));

test('a token that a node would not take is not signed', () => {
  const facts = Object.fromEntries(
    Array.from({ length: 5 }, (_, i) => [`f${i}`, 'x'.repeat(4000)]),
  );
  refused('token_too_long', /fewer or shorter facts/, () => kitWith().sign({ id: 'c-1', facts }));
});
