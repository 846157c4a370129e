/** What goes wrong when a sign-in is set up: each fault has a hint that names the cause and the remedy. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type IdentityProvider,
  type KeyServer,
  pkce,
  publicKeyArray,
  type SigningKey,
  signInAt,
  signingKey,
  signToken,
  startIdentityProvider,
  startKeyServer,
} from '@countersign/simulators';
import type {
  CodeGrant,
  OpenIdConnectSetting,
  Reason,
  SignedTokenSetting,
  Verdict,
} from './index.ts';
import { byHmac, byRsa, forge } from './testing/forged-token.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  signedTokenSetting,
  source,
} from './testing/identity-under-test.ts';
import { CLIENT_ID, type ScriptedProvider, scriptedProvider } from './testing/scripted-provider.ts';

const REDIRECT_URI = 'https://shop.example/callback';
const ISSUER = 'https://shop.example';

let certified: IdentityProvider;
let odd: KeyServer;
let bench: IdentityUnderTest;
let key: SigningKey;
let next: SigningKey;
let provider: ScriptedProvider;
/** A sign-in whose code has been redeemed. */
let used: CodeGrant;

before(async () => {
  const clientSecret = 'the-client-secret-of-the-tests';
  const client = { clientId: CLIENT_ID, clientSecret, redirectUris: [REDIRECT_URI] };
  certified = await startIdentityProvider({ clients: [client] });
  odd = await startKeyServer({
    respond: ({ path }) =>
      path === '/redirects' ? { kind: 'redirect', to: 'https://shop.example/' } : { kind: 'reset' },
  });
  bench = await identityUnderTest({
    alsoAllow: [`127.0.0.1:${certified.port}`, `127.0.0.1:${odd.port}`],
  });
  [key, next] = [await signingKey({ kid: 'first' }), await signingKey({ kid: 'next' })];
  provider = scriptedProvider(bench, key);
  const { codeVerifier, codeChallenge } = pkce();
  const request = { clientId: CLIENT_ID, redirectUri: REDIRECT_URI, codeChallenge };
  used = { ...(await signInAt(certified, request)), redirectUri: REDIRECT_URI, codeVerifier };
  const setting = openIdConnectSetting(certified.discoveryUri);
  assertAccepted(await bench.identity.proveOpenIdConnect(setting, used, source));
});
after(async () => {
  await bench.close();
  await certified.close();
  await odd.close();
});

const nowSeconds = (): number => Math.floor(bench.clock.now() / 1000);
const claims = (changes: Record<string, unknown> = {}) => ({
  iss: ISSUER,
  aud: 'countersign-shop',
  sub: 'ada',
  iat: nowSeconds(),
  exp: nowSeconds() + 300,
  ...changes,
});

/** A token of the site whose keys are at `path`, which answers `keys`. */
function ofSite(
  path: string,
  keys: unknown,
  token = signToken(key, claims()),
  changes: Partial<SignedTokenSetting> = {},
): Promise<Verdict> {
  if (keys !== null) provider.page(path, keys);
  const setting = signedTokenSetting(`${bench.site.url}${path}`, { issuer: ISSUER, ...changes });
  return bench.identity.proveSignedToken(setting, token, source);
}
const jwks = () => ({ keys: [key.jwk] });

function atScripted(
  name: string,
  grant: Partial<CodeGrant> = {},
  uri = provider.publish(name),
): Promise<Verdict> {
  const code = { code: `code-of-${name}`, redirectUri: REDIRECT_URI, ...pkce(), ...grant };
  return bench.identity.proveOpenIdConnect(openIdConnectSetting(uri), code, source);
}
/** A scripted provider whose token endpoint answers `answer`. */
function answering(name: string, answer: unknown, status = 200, grant = {}): Promise<Verdict> {
  const uri = provider.publish(name);
  provider.answer(`/${name}/token`, { status, body: JSON.stringify(answer) });
  return atScripted(name, grant, uri);
}

/** A real sign-in, of which the client then brings something else; `none`: does not bring it. */
async function atCertified(
  grantChanges: Partial<CodeGrant> = {},
  changes: Partial<OpenIdConnectSetting> = {},
): Promise<Verdict> {
  const { codeVerifier, codeChallenge } = pkce();
  const request = { clientId: CLIENT_ID, redirectUri: REDIRECT_URI, codeChallenge };
  const nonce = 'n-0S6_WzA2Mj';
  const { code, iss } = await signInAt(certified, { ...request, nonce });
  const grant = { code, iss, redirectUri: REDIRECT_URI, codeVerifier, nonce, ...grantChanges };
  const brought = Object.fromEntries(Object.entries(grant).filter(([, value]) => value !== 'none'));
  const setting = openIdConnectSetting(certified.discoveryUri, changes);
  return bench.identity.proveOpenIdConnect(setting, brought, source);
}

const faults: [what: string, reason: Reason, hint: RegExp, proof: () => Promise<Verdict>][] = [
  [
    'a wrong client secret',
    'code_refused',
    /does not accept the client countersign with this secret: compare .*the secret.* client_secret_basic/,
    () => atCertified({}, { clientSecret: 'a-wrong-one' }),
  ],
  [
    'a wrong client id',
    'code_refused',
    /does not accept the client not-registered .*compare the client id/,
    () => atCertified({}, { clientId: 'not-registered' }),
  ],
  [
    'a wrong redirect URI',
    'code_refused',
    /`redirectUri` https:\/\/shop\.example\/other.* is not that of the sign-in/,
    () => atCertified({ redirectUri: 'https://shop.example/other' }),
  ],
  [
    'a code used twice',
    'code_refused',
    /already sent here once, and a code counts once/,
    () => {
      const setting = openIdConnectSetting(certified.discoveryUri);
      return bench.identity.proveOpenIdConnect(setting, used, source);
    },
  ],
  [
    'a code that has expired',
    'code_refused',
    /“Code has expired”/,
    () => answering('late', { error: 'invalid_grant', error_description: 'Code has expired' }, 400),
  ],
  [
    'the PKCE verifier missing',
    'code_refused',
    /no `codeVerifier` was sent with it, which a sign-in with PKCE needs/,
    () => atCertified({ codeVerifier: 'none' }),
  ],
  [
    'the PKCE verifier of another sign-in',
    'code_refused',
    /`codeVerifier` or the client is not that of the sign-in/,
    () => atCertified({ codeVerifier: pkce().codeVerifier }),
  ],
  [
    'neither PKCE nor nonce',
    'code_refused',
    /Use PKCE and send `codeVerifier`/,
    () => atCertified({ codeVerifier: 'none', nonce: 'none' }),
  ],
  [
    'another issuer in the setting',
    'issuer',
    /`iss` is https:\/\/shop\.example; the setting expects https:\/\/other\.example/,
    () => ofSite('/k1', jwks(), undefined, { issuer: 'https://other.example' }),
  ],
  [
    'a slash at the end of the issuer',
    'issuer',
    /they differ in the slash at the end/,
    () => ofSite('/k2', jwks(), undefined, { issuer: `${ISSUER}/` }),
  ],
  [
    'another audience',
    'audience',
    /`aud` is countersign-shop; it must be countersign and nothing else/,
    () => ofSite('/k3', jwks(), undefined, { audience: 'countersign' }),
  ],
  [
    "the site's clock behind",
    'expired',
    /is 35 min in the past; the tolerance is 30 s; the clock of 127\.0\.0\.1:\d+ is 40 min behind ours\.$/,
    () => withClock(-2400, '/k4'),
  ],
  [
    "the site's clock ahead",
    'issued_in_future',
    /is 40 min ahead of this node's clock; .*; the clock of 127\.0\.0\.1:\d+ is 40 min ahead of ours\.$/,
    () => withClock(2400, '/k5'),
  ],
  [
    'a PEM that lost a character',
    'key_unusable',
    /the PEM cannot be parsed; a character or a line is missing/,
    () => ofSite('/k6', key.publicKeyPem.replace(/(\n.{20})./, '$1')),
  ],
  [
    'a PEM that lost a dash',
    'keys_unavailable',
    /not a whole PEM: the line -----BEGIN PUBLIC KEY----- must be the first/,
    () => ofSite('/k7', key.publicKeyPem.slice(1)),
  ],
  [
    'a certificate instead of a key',
    'key_unusable',
    /a certificate, not a public key/,
    () => ofSite('/k8', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
  ],
  [
    'HTML instead of keys',
    'keys_unavailable',
    /an HTML page instead of keys; is the URL behind a login/,
    () => ofSite('/k9', '<!doctype html><title>Sign in</title>'),
  ],
  [
    'a key URL that is not there',
    'keys_unavailable',
    /HTTP 404: there is nothing at this path/,
    () => ofSite('/not-there', null),
  ],
  [
    'a key URL that redirects',
    'keys_unavailable',
    /redirects elsewhere, which is not followed; .*the URL that it leads to/,
    () => elsewhere(`${odd.url}/redirects`),
  ],
  [
    'a key URL at a private address',
    'keys_unavailable',
    /on a private or reserved address. COUNTERSIGN_ALLOW_PRIVATE_HOSTS/,
    () => elsewhere('https://10.0.0.1/keys'),
  ],
  [
    'a key URL over http',
    'keys_unavailable',
    /over http: https is needed/,
    () => elsewhere('http://keys.example/jwks'),
  ],
  [
    'a key URL that is down',
    'keys_unavailable',
    /127\.0\.0\.1:\d+ cannot be reached/,
    () => elsewhere(`${odd.url}/down`),
  ],
  [
    'no kid where several keys are published',
    'key_unknown',
    /publishes several: put the `kid` of the signing key into the token's header/,
    () =>
      ofSite(
        '/k10',
        { keys: [key.jwk, next.jwk] },
        forge({ alg: 'RS256' }, claims(), byRsa(key.privateKey)),
      ),
  ],
  [
    'a kid that is not published',
    'key_unknown',
    /no key for kid next: .*among first; publish the key before signing with it/,
    () => ofSite('/k11', jwks(), signToken(next, claims())),
  ],
  [
    'a key entry that has expired',
    'key_unusable',
    /its `expiry` in the key list has passed/,
    () => ofSite('/k12', publicKeyArray([{ key, expiry: nowSeconds() - 60 }])),
  ],
  [
    'another key signs',
    'bad_signature',
    /not made by the key first at .*: sign with the private key that belongs to it/,
    () =>
      ofSite(
        '/k13',
        jwks(),
        forge({ alg: 'RS256', kid: 'first' }, claims(), byRsa(next.privateKey)),
      ),
  ],
  [
    'HS256',
    'alg_not_allowed',
    /`alg` is HS256; sign with RS256 and an RSA key/,
    () => ofSite('/k14', jwks(), forge({ alg: 'HS256' }, claims(), byHmac('shared-secret'))),
  ],
  [
    'an encrypted token',
    'malformed',
    /encrypted \(a JWE of 5 segments\); switch encryption off/,
    () => ofSite('/k15', jwks(), 'eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d'),
  ],
  [
    'exp in milliseconds',
    'expired',
    /looks like milliseconds; use seconds/,
    () => ofSite('/k16', jwks(), signToken(key, claims({ exp: bench.clock.now() + 300_000 }))),
  ],
  [
    'a token that lives too long',
    'lifetime',
    /lives 48 h .*; the setting allows at most 24 h/,
    () => ofSite('/k17', jwks(), signToken(key, claims({ exp: nowSeconds() + 172_800 }))),
  ],
  [
    'the nonce not passed on',
    'nonce',
    /the site must pass the one it sent on as `nonce`/,
    () => atCertified({ nonce: 'none' }),
  ],
  [
    'no nonce in the ID token',
    'nonce',
    /no `nonce` although the sign-in sent one/,
    () => atScripted('nonceless', { nonce: 'n-0S6' }),
  ],
  [
    'the scope openid missing',
    'code_refused',
    /must ask for the scope `openid`/,
    () => answering('scopeless', { access_token: 'opaque' }),
  ],
  [
    'the discovery document of another tenant',
    'issuer',
    /names the issuer .*\/tenant-b; use the discovery URI of that issuer/,
    () => withIssuer('tenant-a', provider.base('tenant-b')),
  ],
  [
    'the discovery document of all tenants',
    'issuer',
    /a pattern for many tenants; use the discovery URI of your own tenant/,
    () => withIssuer('common', `${bench.site.url}/{tenantid}/v2.0`),
  ],
  [
    'a discovery URI that is a web page',
    'provider_unavailable',
    /discovery document at .*\/page\/.* could not be read: it answered with an HTML page/,
    () => {
      const path = '/page/.well-known/openid-configuration';
      const headers = { 'content-type': 'text/html' };
      provider.answer(path, { body: '<!doctype html>', headers });
      return atScripted('page', {}, `${bench.site.url}${path}`);
    },
  ],
  [
    'a discovery URI that is not there',
    'provider_unavailable',
    /could not be read: HTTP 404/,
    () => atScripted('gone', {}, `${bench.site.url}/gone/.well-known/openid-configuration`),
  ],
];

/** A site whose clock is `skew` seconds from ours, and whose token lives five minutes by it. */
function withClock(skew: number, path: string): Promise<Verdict> {
  const date = new Date(bench.clock.now() + skew * 1000).toUTCString();
  provider.answer(path, { body: JSON.stringify(jwks()), headers: { date } });
  const times = { iat: nowSeconds() + skew, exp: nowSeconds() + skew + 300 };
  return ofSite(path, null, signToken(key, claims(times)));
}
function elsewhere(publicKeyUrl: string): Promise<Verdict> {
  const setting = signedTokenSetting(publicKeyUrl);
  return bench.identity.proveSignedToken(setting, signToken(key, claims()), source);
}
function withIssuer(name: string, issuer: string): Promise<Verdict> {
  return atScripted(name, {}, provider.publish(name, { issuer }));
}

for (const [what, reason, hint, proof] of faults)
  test(`${what}: ${reason}, and the hint names the cause`, async (context) => {
    const attempt = await assertRefused(bench, proof, reason);
    context.diagnostic(`| ${what} | \`${reason}\` | ${attempt.hint} |`);
    assert.match(attempt.hint ?? '', hint);
    assert.match(attempt.hint ?? '', /^\S.*\.$/, 'one sentence');
  });

test('the clock behind a key URL is reported, with the age that a cache adds', async () => {
  const date = new Date(bench.clock.now() - 100_000).toUTCString();
  const report = async (path: string, headers: Record<string, string>) => {
    provider.answer(path, { body: JSON.stringify(jwks()), headers });
    return (await bench.identity.keySetReport(`${bench.site.url}${path}`)).clockSkewSeconds;
  };
  const near = (skew: number | null, expected: number) =>
    assert.ok(skew !== null && Math.abs(skew - expected) <= 2, `${skew}, not ${expected}`);
  near(await report('/behind', { date }), -100);
  near(await report('/cached', { date, age: '100' }), 0);
  assert.equal(await report('/dateless', { date: 'no date' }), null);
});
