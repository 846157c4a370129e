/** Rows T00–T24 of the specification "Security and reliability", §2: one title a variation. */
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import {
  publicKeyArray,
  type SigningKey,
  signingKey,
  startKeyServer,
} from '@countersign/simulators';
import type { Reason, SignedTokenSetting, Verdict } from './index.ts';
import { byHmac, byRsa, forge, type Part, segment, unsigned } from './testing/forged-token.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  signedTokenSetting,
  source,
} from './testing/identity-under-test.ts';

const START = Date.UTC(2026, 10, 22, 9, 14, 33);
const NOW = START / 1000;
const OUR_ISSUER = 'https://shop.example';
const OUR_AUDIENCE = 'countersign-shop';
const NONCE = 'n-0S6_WzA2Mj';

let bench: IdentityUnderTest;
let site: SigningKey;
let second: SigningKey;
let attacker: SigningKey;
let provider: SigningKey;

before(async () => {
  bench = await identityUnderTest({ startAt: START });
  [site, second, attacker, provider] = (await Promise.all(
    ['2026-q4', '2027-q1', '2026-q4', '2026-q4'].map((kid) => signingKey({ kid })),
  )) as [SigningKey, SigningKey, SigningKey, SigningKey];
  publish('/pem', site.publicKeyPem);
  publish('/jwks', { keys: [site.jwk, second.jwk] });
  const expiry = NOW + 86_400;
  publish('/array', publicKeyArray([site, second].map((key) => ({ key, expiry }))));
  publish('/provider/jwks', { keys: [provider.jwk] });
  publish('/provider/.well-known/openid-configuration', {
    issuer: url('/provider'),
    token_endpoint: url('/provider/token'),
    jwks_uri: url('/provider/jwks'),
  });
});
after(() => bench.close());

const url = (path: string): string => `${bench.site.url}${path}`;
const publish = (path: string, body: unknown): unknown =>
  bench.pages.set(path, typeof body === 'string' ? body : JSON.stringify(body));

const header = (changes: Record<string, unknown> = {}) => ({
  alg: 'RS256',
  typ: 'JWT',
  kid: '2026-q4',
  ...changes,
});
const claims = (changes: Record<string, unknown> = {}) => ({
  iss: OUR_ISSUER,
  aud: OUR_AUDIENCE,
  sub: '3f2a6f0e-7d0b-4c63-9a51-0a4f4e0e9b11',
  iat: NOW - 10,
  exp: NOW + 300,
  ...changes,
});
const idClaims = (changes: Record<string, unknown> = {}) => ({
  iss: url('/provider'),
  aud: 'countersign',
  sub: 'ada',
  nonce: NONCE,
  iat: NOW - 10,
  exp: NOW + 300,
  ...changes,
});

/** A token of the site, right in everything but the changes. */
const token = (changes: Record<string, unknown> = {}, headerChanges = {}, key = site): string =>
  forge(header(headerChanges), claims(changes), byRsa(key.privateKey));
const rawToken = (head: Part, payload: Part): string =>
  forge(head, payload, byRsa(site.privateKey));
const idToken = (changes: Record<string, unknown> = {}, headerChanges = {}): string =>
  forge(header(headerChanges), idClaims(changes), byRsa(provider.privateKey));

const setting = (changes: Partial<SignedTokenSetting> = {}): SignedTokenSetting =>
  signedTokenSetting(url('/pem'), { issuer: OUR_ISSUER, audience: OUR_AUDIENCE, ...changes });

const prove = (jwt: string, changes: Partial<SignedTokenSetting> = {}): Promise<Verdict> =>
  bench.identity.proveSignedToken(setting(changes), jwt, source);
const proveId = (jwt: string, nonce = NONCE): Promise<Verdict> =>
  bench.identity.proveOpenIdConnect(
    openIdConnectSetting(url('/provider/.well-known/openid-configuration'), { implicitFlow: true }),
    { idToken: jwt, nonce },
    source,
  );

const overJwks = () => ({ publicKeyUrl: url('/jwks') });

type Variation = [what: string, proof: () => Promise<Verdict>];

/** One test a variation, all with the same outcome. */
function refused(row: string, reason: Reason | readonly Reason[], variations: Variation[]): void {
  for (const [what, proof] of variations)
    test(`${row} ${what} is refused: ${reason}`, async () => {
      const attempt = await assertRefused(bench, proof, reason);
      assert.ok(!JSON.stringify(attempt).includes('eyJ'), 'no part of a token is kept');
    });
}

describe('T00 valid tokens', () => {
  const accepted: [what: string, jwt: () => string, changes?: () => Partial<SignedTokenSetting>][] =
    [
      ['with a bare PEM key and any kid', () => token({}, { kid: 'whatever' })],
      ['with a bare PEM key and no kid', () => token({}, { kid: undefined })],
      ['with a JWK set', () => token(), overJwks],
      ['with a key array', () => token({}, {}), () => ({ publicKeyUrl: url('/array') })],
      ['without typ', () => token({}, { typ: undefined })],
      ['with typ in lower case', () => token({}, { typ: 'jwt' })],
      ['with the audience in an array', () => token({ aud: [OUR_AUDIENCE] })],
      ['with nbf', () => token({ nbf: NOW - 10 })],
      ['within the clock tolerance', () => token({ iat: NOW + 30, nbf: NOW + 30 })],
      ['just expired, within the tolerance', () => token({ iat: NOW - 300, exp: NOW - 29 })],
      ['with a subject in another script', () => token({ sub: 'клиент-17' })],
    ];
  for (const [what, jwt, changes] of accepted)
    test(`T00 a valid token ${what} is accepted and recorded once`, async () => {
      const stored = await bench.attemptsStored();
      const { identity, reference } = assertAccepted(await prove(jwt(), changes?.()));
      assert.equal(identity.issuer, OUR_ISSUER);
      assert.equal(identity.since, START);
      assert.equal(await bench.attemptsStored(), stored + 1);
      const { items } = await bench.identity.attempts({ reference, limit: 2 });
      assert.deepEqual(
        items.map(({ outcome, subject, reason }) => ({ outcome, subject, reason })),
        [{ outcome: 'accepted', subject: identity.subject, reason: null }],
      );
    });
  test('T00 a valid ID token is accepted', async () => {
    assert.equal(assertAccepted(await proveId(idToken())).identity.subject, 'ada');
  });
});

refused('T01', 'alg_not_allowed', [
  ...['none', 'None', 'nOnE', 'NONE'].flatMap((alg): Variation[] => [
    [`alg ${alg}`, () => prove(forge(header({ alg }), claims(), unsigned))],
    [`ID token with alg ${alg}`, () => proveId(forge(header({ alg }), idClaims(), unsigned))],
  ]),
]);

refused('T02', 'alg_not_allowed', [
  [
    'alg none with the original signature',
    () => prove(withHeader(token(), header({ alg: 'none' }))),
  ],
]);

refused('T03', 'alg_not_allowed', [
  ['HS256 keyed with the PEM', () => hs256(site.publicKeyPem)],
  ['HS256 keyed with the PEM after a space', () => hs256(` ${site.publicKeyPem}`)],
  ['HS256 keyed with the PEM after a line break', () => hs256(`\n${site.publicKeyPem}`)],
  ['HS256 keyed with the DER', () => hs256(site.publicKey.export({ type: 'spki', format: 'der' }))],
  ['HS256 keyed with the JWK', () => hs256(JSON.stringify(site.jwk))],
  ['HS256 keyed with the modulus', () => hs256(Buffer.from(site.jwk.n ?? '', 'base64url'))],
]);

const hs256 = (secret: string | Buffer): Promise<Verdict> =>
  prove(forge(header({ alg: 'HS256' }), claims(), byHmac(secret)));

const withHeader = (jwt: string, head: Part): string =>
  [segment(head), ...jwt.split('.').slice(1)].join('.');

refused('T04', 'alg_not_allowed', [
  ...['RS384', 'RS512', 'PS256', 'ES256'].flatMap((alg): Variation[] => {
    const hash = alg.endsWith('256') ? 'sha256' : `sha${alg.slice(2)}`;
    return [
      [alg, () => prove(forge(header({ alg }), claims(), byRsa(site.privateKey, hash)))],
      [
        `ID token with ${alg}`,
        () => proveId(forge(header({ alg }), idClaims(), byRsa(provider.privateKey, hash))),
      ],
    ];
  }),
]);

refused('T05', 'alg_not_allowed', [
  [
    'HS256 against a JWK without alg',
    () => {
      const { alg: _, ...jwk } = site.jwk;
      publish('/no-alg', { keys: [jwk] });
      const jwt = forge(header({ alg: 'HS256' }), claims(), byHmac(JSON.stringify(jwk)));
      return prove(jwt, { publicKeyUrl: url('/no-alg') });
    },
  ],
]);

refused('T06', 'malformed', [
  ['a header without alg', () => prove(token({}, { alg: undefined }))],
  ['alg as array', () => prove(token({}, { alg: ['RS256'] }))],
  ['alg as number', () => prove(token({}, { alg: 256 }))],
  ['a very long alg', () => prove(token({}, { alg: 'RS256'.repeat(1000) }))],
]);

describe('T07 signatures', () => {
  test('T07 one flipped bit at each of 2048 positions is refused: bad_signature', async () => {
    const good = token();
    assertAccepted(await prove(good));
    const stored = await bench.attemptsStored();
    const signature = Buffer.from(good.split('.')[2] ?? '', 'base64url');
    const verdicts = await Promise.all(
      Array.from({ length: 2048 }, (_, bit) => {
        const flipped = Buffer.from(signature);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return prove(withSignature(good, flipped));
      }),
    );
    const reasons = verdicts.map((verdict) => verdict.outcome === 'refused' && verdict.reason);
    assert.deepEqual(new Set(reasons), new Set(['bad_signature']));
    assert.equal(new Set(verdicts.map(({ reference }) => reference)).size, 2048);
    assert.equal(await bench.attemptsStored(), stored + 2048);
  });
  refused('T07', 'bad_signature', [
    ['a truncated signature', () => prove(withSignature(token(), signed().subarray(0, 255)))],
    ['an empty signature', () => prove(withSignature(token(), Buffer.alloc(0)))],
    [
      'a longer signature',
      () => prove(withSignature(token(), Buffer.concat([signed(), Buffer.of(0)]))),
    ],
    [
      'a signature after a zero',
      () => prove(withSignature(token(), Buffer.concat([Buffer.of(0), signed()]))),
    ],
    ['a signature of zeros', () => prove(withSignature(token(), Buffer.alloc(256)))],
    ['the signature of other claims', () => prove(withSignature(token({ sub: 'eve' }), signed()))],
  ]);
});

const signed = (): Buffer => Buffer.from(token().split('.')[2] ?? '', 'base64url');
const withSignature = (jwt: string, signature: Buffer): string =>
  [...jwt.split('.').slice(0, 2), signature.toString('base64url')].join('.');

refused('T08', 'issuer', [
  ...Object.entries({
    'another issuer': 'https://other.example',
    'a slash at the end': 'https://shop.example/',
    'other case': 'https://Shop.example',
    'a prefix': 'https://shop.exampl',
    'http for https': 'http://shop.example',
    'no issuer': undefined,
    'an array': [OUR_ISSUER],
  }).map(([what, iss]): Variation => [what, () => prove(token({ iss }))]),
  ['no issuer although none is named', () => prove(token({ iss: undefined }), withoutIssuer())],
  ['an array although none is named', () => prove(token({ iss: [OUR_ISSUER] }), withoutIssuer())],
  ['ID token of another issuer', () => proveId(idToken({ iss: OUR_ISSUER }))],
  ['ID token with a slash at the end', () => proveId(idToken({ iss: `${url('/provider')}/` }))],
  ['ID token without issuer', () => proveId(idToken({ iss: undefined }))],
]);

function withoutIssuer(): Partial<SignedTokenSetting> {
  const { issuer: _, ...rest } = setting();
  return rest;
}

refused('T09', 'audience', [
  ...Object.entries({
    'no audience': undefined,
    'another audience': 'someone-else',
    'an array without us': ['someone-else'],
    'an empty array': [],
    'a part of our name': 'countersign',
    'our name and more': 'countersign-shop-2',
    'us and an untrusted second': [OUR_AUDIENCE, 'someone-else'],
    'us within an array': [[OUR_AUDIENCE]],
  }).map(([what, aud]): Variation => [what, () => prove(token({ aud }))]),
  ['ID token without audience', () => proveId(idToken({ aud: undefined }))],
  ['ID token for another client', () => proveId(idToken({ aud: 'other-client' }))],
  ['ID token for us and another', () => proveId(idToken({ aud: ['countersign', 'other-client'] }))],
  ['ID token issued to another party', () => proveId(idToken({ azp: 'other-client' }))],
]);

test("T10 A's token signed with B's key, under a kid that both publish, is refused: bad_signature", async () => {
  publish('/issuer-a', { keys: [site.jwk] });
  publish('/issuer-b', { keys: [attacker.jwk] });
  assert.equal(site.kid, attacker.kid);
  const ofA = { publicKeyUrl: url('/issuer-a') };
  const ofB = { publicKeyUrl: url('/issuer-b'), issuer: 'https://b.example' };
  assertAccepted(await prove(token({ iss: 'https://b.example' }, {}, attacker), ofB));
  assertAccepted(await prove(token(), ofA));
  await assertRefused(bench, () => prove(token({}, {}, attacker), ofA), 'bad_signature');
});

refused('T11', 'subject', [
  ...Object.entries({
    'no subject': undefined,
    'an empty subject': '',
    'a subject of 256 characters': 'x'.repeat(256),
    'a number': 17,
    'an array': ['ada'],
    'a zero byte': 'ada\0',
    'a line break': 'ada\nadmin',
    'an escape sequence': 'ada\u001b[2K',
    'a space at the end': 'ada ',
    'a zero-width space': 'a\u200bda',
    'a soft hyphen': 'a\u00adda',
    'text turned round': '\u202eada',
    'half a character': 'ada\ud83d',
    'a decomposed letter': 'jose\u0301',
    'full-width letters': '\uff41\uff44\uff41',
    'a ligature': 'o\ufb03ce',
    'a Cyrillic letter among Latin ones': '\u0430da',
    'a Greek letter among Latin ones': 'ad\u03b1',
  }).map(([what, sub]): Variation => [what, () => prove(token({ sub }))]),
  ['ID token without subject', () => proveId(idToken({ sub: undefined }))],
]);

describe('T12 unknown kids', () => {
  test('T12 10,000 distinct unknown kids cost one fetch a cool-down; good ones go on', async () => {
    publish('/flooded', { keys: [site.jwk, second.jwk] });
    const flooded = { publicKeyUrl: url('/flooded') };
    assertAccepted(await prove(token(), flooded));
    const fetches = () => bench.site.hits.filter(({ path }) => path === '/flooded').length;
    const good = token();
    const unknown = (index: number) => withHeader(good, header({ kid: `unknown-${index}` }));
    for (let window = 0; window < 4; window++) {
      const before = fetches();
      const stored = await bench.attemptsStored();
      const flood = Array.from({ length: 2500 }, (_, i) =>
        prove(unknown(window * 2500 + i), flooded),
      );
      const verdicts = await Promise.all(flood);
      const reasons = verdicts.map((verdict) => verdict.outcome === 'refused' && verdict.reason);
      assert.deepEqual(new Set(reasons), new Set(['key_unknown']));
      assert.equal(fetches(), before + 1);
      assert.equal(await bench.attemptsStored(), stored + 2500);
      assertAccepted(await prove(good, flooded));
      bench.clock.move(30_000);
    }
    bench.clock.move(-120_000);
  });
});

describe('T13 hostile kids', () => {
  const hostile: [string, unknown, Reason][] = [
    ['a path', '../../dev/null', 'key_unknown'],
    ['SQL', "x' or 1=1; drop table attempts; --", 'key_unknown'],
    ['of 1 MB', 'k'.repeat(1 << 20), 'malformed'],
    ['of 129 characters', 'k'.repeat(129), 'malformed'],
    ['__proto__', '__proto__', 'key_unknown'],
    ['constructor', 'constructor', 'key_unknown'],
    ['empty', '', 'malformed'],
    ['a number', 1, 'malformed'],
    ['an object', { kid: '2026-q4' }, 'malformed'],
    ['absent with two keys', undefined, 'key_unknown'],
  ];
  for (const [what, kid, reason] of hostile)
    refused('T13', reason, [[`kid ${what}`, () => prove(token({}, { kid }), overJwks())]]);
});

describe('T14 keys from elsewhere', () => {
  for (const parameter of ['jku', 'x5u'])
    test(`T14 ${parameter} is never followed: the canary hears nothing`, async () => {
      const canary = await startKeyServer({
        respond: () => ({ kind: 'body', body: JSON.stringify({ keys: [attacker.jwk] }) }),
      });
      try {
        const pointing = { [parameter]: `${canary.url}/keys` };
        const own = assertAccepted(await prove(token({}, pointing)));
        const ignored = own.checks.find(({ name }) => name === 'keys in the header');
        assert.equal(ignored?.observed, `ignored: ${parameter}`);
        const forged = () => prove(token({}, pointing, attacker));
        await assertRefused(bench, forged, 'bad_signature');
        const unknown = () => prove(token({}, { ...pointing, kid: 'new' }, attacker), overJwks());
        await assertRefused(bench, unknown, 'key_unknown');
        assert.equal(canary.connections, 0);
      } finally {
        await canary.close();
      }
    });
});

refused(
  'T15',
  ['bad_signature', 'key_unknown'],
  [
    ['an embedded jwk of the attacker', () => prove(token({}, { jwk: attacker.jwk }, attacker))],
    [
      'an embedded jwk under a kid of its own',
      () =>
        prove(
          token({}, { jwk: { ...attacker.jwk, kid: 'mine' }, kid: 'mine' }, attacker),
          overJwks(),
        ),
    ],
    ['an embedded x5c', () => prove(token({}, { x5c: ['MIIB'] }, attacker))],
  ],
);

describe('T16 weak and foreign keys in the set', () => {
  const weak: [kid: string, why: RegExp, key: () => Promise<object> | object][] = [
    [
      'rsa-1024',
      /1024 bits/,
      async () => (await signingKey({ kid: 'x', modulusLength: 1024 })).jwk,
    ],
    ['exponent-1', /exponent 1/, () => ({ ...site.jwk, e: 'AQ' })],
    ['exponent-even', /even exponent/, () => ({ ...site.jwk, e: 'BA' })],
    ['modulus-even', /divisible by 2/, () => ({ ...site.jwk, n: evenModulus() })],
    ['for-encryption', /use enc/, () => ({ ...site.jwk, use: 'enc' })],
    ['only-signs', /key_ops/, () => ({ ...site.jwk, key_ops: ['encrypt'] })],
    ['other-alg', /alg RS512/, () => ({ ...site.jwk, alg: 'RS512' })],
    ['symmetric', /kty oct/, () => ({ kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMko' })],
    ['private', /private key/, () => ({ ...site.privateJwk })],
  ];
  before(async () => {
    const keys = await Promise.all(weak.map(async ([kid, , key]) => ({ ...(await key()), kid })));
    publish('/weak', { keys: [...keys, second.jwk] });
  });
  for (const [kid, why] of weak)
    test(`T16 the key ${kid} is unusable, and the good one beside it works`, async () => {
      const weakSet = { publicKeyUrl: url('/weak') };
      const attempt = await assertRefused(
        bench,
        () => prove(token({}, { kid }), weakSet),
        'key_unusable',
      );
      assert.match(attempt.hint ?? '', why);
      assertAccepted(await prove(token({}, { kid: second.kid }, second), weakSet));
      const report = await bench.identity.keySetReport(url('/weak'));
      assert.match(report.unusable.find((key) => key.kid === kid)?.why ?? '', why);
      assert.deepEqual(
        report.keys.map((key) => key.kid),
        [second.kid],
      );
    });
});

function evenModulus(): string {
  const modulus = Buffer.from(site.jwk.n ?? '', 'base64url');
  modulus[255] = (modulus[255] ?? 0) & 0xfe;
  assert.ok(createPublicKey({ key: site.jwk, format: 'jwk' }));
  return modulus.toString('base64url');
}

test('T17 unparseable and post-quantum keys are passed over: accepted with the good one', async () => {
  publish('/odd', {
    keys: [
      {
        kty: 'AKP',
        alg: 'ML-DSA-44',
        kid: 'pq',
        pub: 'unH59k4RuutY-pxvu24U5h8YZD2rSVtHU5qRZsoBmBM',
      },
      { kty: 'RSA', kid: 'garbage', n: '!!', e: '@' },
      { kty: 17, kid: {} },
      'not an object',
      null,
      site.jwk,
    ],
  });
  assertAccepted(await prove(token(), { publicKeyUrl: url('/odd') }));
  const without = token({}, { kid: undefined });
  assertAccepted(await prove(without, { publicKeyUrl: url('/odd') }));
  assert.equal((await bench.identity.keySetReport(url('/odd'))).unusable.length, 5);
});

refused('T18', 'type', [
  [
    'an ID token as customer assertion',
    () => prove(token({ nonce: NONCE, at_hash: 'x', azp: 'a' })),
  ],
  ['an access token as customer assertion', () => prove(token({}, { typ: 'at+jwt' }))],
  ['a logout token as customer assertion', () => prove(token({}, { typ: 'logout+jwt' }))],
  ['an untyped logout token as customer assertion', () => prove(token({ events: {} }))],
  ['our session token as customer assertion', () => prove(token({}, { typ: SESSION }))],
  [
    'our session token with HMAC as customer assertion',
    () => prove(forge(header({ alg: 'HS256', typ: SESSION }), claims(), byHmac('key'))),
  ],
  ['an access token as ID token', () => proveId(idToken({}, { typ: 'at+jwt' }))],
  [
    'an access token by its full media type',
    () => proveId(idToken({}, { typ: 'application/at+jwt' })),
  ],
  ['a logout token as ID token', () => proveId(idToken({}, { typ: 'logout+jwt' }))],
  ['an untyped logout token as ID token', () => proveId(idToken({ events: {} }))],
  ['our session token as ID token', () => proveId(idToken({}, { typ: SESSION }))],
]);
const SESSION = 'countersign-session+jwt';

refused('T18', 'audience', [
  ['a plain ID token, whose audience is the client', () => prove(token({ aud: 'countersign' }))],
]);

refused(
  'T19',
  ['type', 'malformed'],
  [
    ['typ JOSE', () => prove(token({}, { typ: 'JOSE' }))],
    ['typ as number', () => prove(token({}, { typ: 1 }))],
    ['typ empty', () => prove(token({}, { typ: '' }))],
    ['cty JWT', () => prove(token({}, { cty: 'JWT' }))],
    ['crit with an unknown entry', () => prove(token({}, { crit: ['x'], x: 1 }))],
    [
      'crit with a known entry that is not handled',
      () => prove(token({}, { crit: ['b64'], b64: true })),
    ],
    ['crit with exp', () => prove(token({}, { crit: ['exp'], exp: NOW }))],
    ['crit empty', () => prove(token({}, { crit: [] }))],
    ['b64 false', () => prove(token({}, { b64: false }))],
  ],
);

const twice = (object: Record<string, unknown>, member: string): string =>
  JSON.stringify(object).replace('{', `{${member},`);

refused('T20', 'malformed', [
  ['alg twice', () => prove(rawToken(twice(header(), '"alg":"none"'), claims()))],
  ['alg twice, the same', () => prove(rawToken(twice(header(), '"alg":"RS256"'), claims()))],
  ['kid twice', () => prove(rawToken(twice(header(), '"kid":"x"'), claims()))],
  ['sub twice', () => prove(rawToken(header(), twice(claims(), '"sub":"eve"')))],
  ['iss twice', () => prove(rawToken(header(), twice(claims(), `"iss":"${OUR_ISSUER}"`)))],
  [
    'sub twice, once escaped',
    () => prove(rawToken(header(), twice(claims(), '"s\\u0075b":"eve"'))),
  ],
  [
    'a member twice, deep within',
    () => prove(rawToken(header(), twice(claims(), '"a":[{"b":{"c":1, "c" :2}}]'))),
  ],
]);

/** A token of which every segment ends in a character with spare bits. */
const spare = (): string[] => {
  for (let filler = ''; ; filler += 'x') {
    const parts = token({ filler }, { filler }).split('.');
    if (parts.every((part) => part.length % 4 !== 0)) return parts;
  }
};
const NEXT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const tampered = (index: number, change: (part: string) => string) => (): Promise<Verdict> => {
  const parts = spare();
  parts[index] = change(parts[index] ?? '');
  return prove(parts.join('.'));
};

refused('T21', 'malformed', [
  ...['header', 'payload', 'signature'].flatMap((name, index): Variation[] => [
    ...[' ', '\r', '\n', '\r\n', '\t', '=', '+', '/', '\0', 'é', '\ud800'].flatMap(
      (text): Variation[] => {
        const what = JSON.stringify(text);
        return [
          [
            `${what} within the ${name}`,
            tampered(index, (part) => `${part.slice(0, 8)}${text}${part.slice(8)}`),
          ],
          [`${what} after the ${name}`, tampered(index, (part) => `${part}${text}`)],
          [`${what} before the ${name}`, tampered(index, (part) => `${text}${part}`)],
        ];
      },
    ),
    [
      `padding of the ${name}`,
      tampered(index, (part) => part.padEnd(Math.ceil(part.length / 4) * 4, '=')),
    ],
    [
      `a non-canonical last character of the ${name}`,
      tampered(index, (part) => `${part.slice(0, -1)}${NEXT[NEXT.indexOf(part.at(-1) ?? '') + 1]}`),
    ],
  ]),
]);

const nested = (depth: number): string =>
  JSON.stringify(claims()).replace('{', `{"deep":${'['.repeat(depth)}${']'.repeat(depth)},`);

refused('T22', 'malformed', [
  ['an empty token', () => prove('')],
  ['two dots', () => prove('..')],
  ['one segment', () => prove(segment(header()))],
  ['two segments', () => prove(token().split('.').slice(0, 2).join('.'))],
  ['four segments', () => prove(`${token()}.x`)],
  ['four segments, the last empty', () => prove(`${token()}.`)],
  ['five segments (JWE)', () => prove(`${segment({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`)],
  ['flattened JSON serialisation', () => prove(jsonSerialised(false))],
  ['general JSON serialisation', () => prove(jsonSerialised(true))],
  ['a header that is an array', () => prove(rawToken('["RS256"]', claims()))],
  ['a payload that is a string', () => prove(rawToken(header(), '"sub"'))],
  ['a payload that is null', () => prove(rawToken(header(), 'null'))],
  ['a payload that is not JSON', () => prove(rawToken(header(), '{sub:1}'))],
  ['an empty payload', () => prove(rawToken(header(), ''))],
  [
    'a byte order mark before the header',
    () => prove(rawToken(`\ufeff${JSON.stringify(header())}`, claims())),
  ],
  [
    'a byte order mark before the payload',
    () => prove(rawToken(header(), `\ufeff${JSON.stringify(claims())}`)),
  ],
  [
    'invalid UTF-8 in the header',
    () => prove(rawToken(Buffer.from('{"alg":"RS256","x":"\xff"}', 'latin1'), claims())),
  ],
  [
    'invalid UTF-8 in the payload',
    () => prove(rawToken(header(), Buffer.from('{"sub":"\xc3\x28"}', 'latin1'))),
  ],
  [
    'an overlong UTF-8 form',
    () => prove(rawToken(header(), Buffer.from('{"sub":"\xc0\xaf"}', 'latin1'))),
  ],
  ['a number out of range', () => prove(rawToken(header(), twice(claims(), '"n":1e999')))],
  ['1 MB', () => prove(token({ filler: 'x'.repeat(1 << 20) }))],
  ['1 MB of dots', () => prove('.'.repeat(1 << 20))],
  ['nesting of 10,000', () => prove(rawToken(header(), nested(10_000)))],
  ['nesting of 5,000, within the size', () => prove(rawToken(header(), nested(5_000)))],
  ['10,000 brackets never closed', () => prove(rawToken(header(), '['.repeat(10_000)))],
]);

function jsonSerialised(general: boolean): string {
  const [head = '', payload = '', signature = ''] = token().split('.');
  const one = { protected: head, signature };
  return JSON.stringify(general ? { payload, signatures: [one] } : { payload, ...one });
}

refused('T23', 'expired', [
  ...Object.entries({
    'exp 31 s past': NOW - 31,
    'exp at the tolerance': NOW - 30,
    'exp missing': undefined,
    'exp as string': String(NOW + 300),
    'exp as float': NOW + 300.5,
    'exp 2⁵³': 2 ** 53,
    'exp negative': -1,
    'exp null': null,
  }).map(([what, exp]): Variation => [what, () => prove(token({ exp }))]),
  ['ID token with exp past', () => proveId(idToken({ exp: NOW - 31 }))],
  ['ID token without exp', () => proveId(idToken({ exp: undefined }))],
]);

refused('T23', 'lifetime', [
  ['exp − iat above 24 h', () => prove(token({ iat: NOW - 10, exp: NOW - 10 + 86_401 }))],
  ["exp − iat above the setting's", () => prove(token(), { maxLifetime: 300 })],
  ['exp before iat', () => prove(token({ iat: NOW + 5, exp: NOW }))],
]);

test('T23 exp in milliseconds is refused, and the hint says so', async () => {
  const jwt = token({ iat: START, exp: START + 300_000 });
  const attempt = await assertRefused(bench, () => prove(jwt), 'expired');
  assert.match(attempt.hint ?? '', /looks like milliseconds/);
});

test('T23 the hint gives the time, the distance and the tolerance', async () => {
  const attempt = await assertRefused(bench, () => prove(token({ exp: NOW - 31 })), 'expired');
  assert.equal(attempt.hint, '`exp` 09:14:02 is 31 s in the past; the tolerance is 30 s.');
});

refused('T24', 'not_yet_valid', [
  ['nbf 31 s ahead', () => prove(token({ nbf: NOW + 31 }))],
  ['nbf as string', () => prove(token({ nbf: String(NOW) }))],
  ['ID token with nbf ahead', () => proveId(idToken({ nbf: NOW + 31 }))],
]);
refused('T24', 'issued_in_future', [
  ['iat 31 s ahead', () => prove(token({ iat: NOW + 31 }))],
  ['ID token with iat ahead', () => proveId(idToken({ iat: NOW + 31 }))],
]);
refused('T24', 'lifetime', [
  ['iat missing', () => prove(token({ iat: undefined }))],
  ['iat as string', () => prove(token({ iat: String(NOW) }))],
  ['iat in milliseconds', () => prove(token({ iat: START }))],
  ['ID token without iat', () => proveId(idToken({ iat: undefined }))],
]);

test('no token, signature or nonce is stored by any of the above', async () => {
  const text = await bench.storedText();
  assert.ok(!text.includes('eyJ'));
  assert.ok(!text.includes(NONCE));
  assert.ok(!text.includes(token().split('.')[2] ?? 'x'));
});
