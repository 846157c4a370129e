/** Sign-ins at a real provider, and at one that misbehaves. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type IdentityProvider,
  pkce,
  type SigningKey,
  signInAt,
  signingKey,
  signToken,
  startIdentityProvider,
} from '@countersign/simulators';
import type { CodeGrant, OpenIdConnectSetting, Verdict } from './index.ts';
import { byRsa, forge } from './testing/forged-token.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  source,
} from './testing/identity-under-test.ts';

const CLIENT_ID = 'countersign';
const CLIENT_SECRET = 'the-client-secret-of-the-tests';
const REDIRECT_URI = 'https://shop.example/callback';
const NONCE = 'n-0S6_WzA2Mj';

let provider: IdentityProvider;
let bench: IdentityUnderTest;

before(async () => {
  const clients = ['countersign', 'post-client'].map((clientId) => ({
    clientId,
    clientSecret: CLIENT_SECRET,
    redirectUris: [REDIRECT_URI],
  }));
  provider = await startIdentityProvider({ clients });
  bench = await identityUnderTest({ alsoAllow: [`127.0.0.1:${provider.port}`] });
});
after(async () => {
  await bench.close();
  await provider.close();
});

const prove = (
  grant: CodeGrant,
  changes: Partial<OpenIdConnectSetting> = {},
  discoveryUri = provider.discoveryUri,
): Promise<Verdict> =>
  bench.identity.proveOpenIdConnect(openIdConnectSetting(discoveryUri, changes), grant, source);

/** Signs Ada in and gives what a site's client would send. */
async function signIn(request: { nonce?: string; maxAge?: number } = {}): Promise<CodeGrant> {
  const { codeVerifier, codeChallenge } = pkce();
  const { code, iss } = await signInAt(provider, {
    clientId: CLIENT_ID,
    redirectUri: REDIRECT_URI,
    codeChallenge,
    ...request,
  });
  return { code, iss, redirectUri: REDIRECT_URI, codeVerifier };
}

describe('a code of the real provider', () => {
  test('proves the person, with the claims and facts of the ID token', async () => {
    const grant = { ...(await signIn({ nonce: NONCE })), nonce: NONCE };
    const contextClaims = ['msdyn_isvip', 'msdyn_cartvalue', 'not_there'];
    const { identity, reference } = assertAccepted(await prove(grant, { contextClaims }));
    const ada = provider.people[0];
    assert.ok(ada);
    assert.equal(identity.subject, ada.id);
    assert.equal(identity.issuer, provider.issuer);
    assert.equal(identity.method, 'openid-connect');
    assert.equal(identity.keyId, provider.key.kid);
    assert.equal(identity.name, `${ada.givenName} ${ada.familyName}`);
    assert.equal(identity.email, ada.email);
    assert.equal(identity.locale, ada.locale);
    assert.deepEqual(identity.facts, {
      msdyn_isvip: String(ada.isVip),
      msdyn_cartvalue: String(ada.cartValue),
    });
    assert.ok(identity.tokenExpiresAt > Date.now());
    const { items } = await bench.identity.attempts({ reference, limit: 1 });
    assert.deepEqual(
      items[0]?.checks.map(({ name }) => name),
      [
        'grant',
        'discovery',
        'response iss',
        'code',
        'form',
        'typ',
        'alg',
        'kid',
        'key',
        'signature',
        'iss',
        'aud',
        'sub',
        'exp',
        'iat',
        'nonce',
        'context claims',
      ],
    );
  });

  test('T27 with the verifier of another sign-in is refused: code_refused', async () => {
    const grant = { ...(await signIn()), codeVerifier: pkce().codeVerifier };
    const attempt = await assertRefused(bench, () => prove(grant), 'code_refused');
    assert.match(attempt.checks.at(-1)?.observed ?? '', /invalid_grant/);
  });
  test('T27 used a second time is refused: code_refused', async () => {
    const grant = await signIn();
    assertAccepted(await prove(grant));
    await assertRefused(bench, () => prove(grant), 'code_refused');
  });
  test('T27 with neither verifier nor nonce is refused before it is sent', async () => {
    const { codeVerifier: _, ...grant } = await signIn();
    await assertRefused(bench, () => prove(grant), 'code_refused');
    assertAccepted(await prove({ ...grant, codeVerifier: _ ?? '' }));
  });
  test('T27 without the verifier is refused by the provider', async () => {
    const { codeVerifier: _, ...grant } = await signIn({ nonce: NONCE });
    await assertRefused(bench, () => prove({ ...grant, nonce: NONCE }), 'code_refused');
  });
  test('with another redirectUri is refused: code_refused', async () => {
    const grant = { ...(await signIn()), redirectUri: 'https://shop.example/other' };
    await assertRefused(bench, () => prove(grant), 'code_refused');
  });
  test('with a wrong client secret is refused, and the hint says so without the secret', async () => {
    const grant = await signIn();
    const clientSecret = 'a-secret-that-is-wrong';
    const attempt = await assertRefused(
      bench,
      () => prove(grant, { clientSecret }),
      'code_refused',
    );
    assert.match(attempt.hint ?? '', /does not accept the client countersign/);
    assert.ok(!(await bench.storedText()).includes(clientSecret));
  });

  test('T26 with another nonce is refused: nonce', async () => {
    const grant = { ...(await signIn({ nonce: NONCE })), nonce: 'another' };
    await assertRefused(bench, () => prove(grant), 'nonce');
  });
  test('T26 whose ID token lacks the nonce is refused: nonce', async () => {
    const grant = { ...(await signIn()), nonce: NONCE };
    await assertRefused(bench, () => prove(grant), 'nonce');
  });
  test('T26 with a nonce that the site does not tell is refused: nonce', async () => {
    await assertRefused(bench, async () => prove(await signIn({ nonce: NONCE })), 'nonce');
  });

  test('with maxAge is accepted when the sign-in is recent', async () => {
    assertAccepted(await prove({ ...(await signIn({ maxAge: 600 })), maxAge: 600 }));
  });

  test('T29 with another iss is refused before the code is sent: issuer', async () => {
    const grant = await signIn();
    const mixedUp = { ...grant, iss: 'https://evil.example' };
    await assertRefused(bench, () => prove(mixedUp), 'issuer');
    assertAccepted(await prove(grant));
  });
  test('T29 without the iss that the provider sends is refused: issuer', async () => {
    const { iss: _, ...grant } = await signIn();
    await assertRefused(bench, () => prove(grant), 'issuer');
  });
});

describe('grants', () => {
  const malformed: [string, CodeGrant][] = [
    ['nothing', {}],
    ['a code and an ID token', { code: 'c', idToken: 't', redirectUri: REDIRECT_URI }],
    ['a code without redirectUri', { code: 'c', codeVerifier: pkce().codeVerifier }],
    ['a verifier that is too short', { code: 'c', redirectUri: REDIRECT_URI, codeVerifier: 'x' }],
    ['an empty code', { code: '', redirectUri: REDIRECT_URI, nonce: NONCE }],
  ];
  for (const [what, grant] of malformed)
    test(`${what} is refused: malformed`, async () => {
      await assertRefused(bench, () => prove(grant), 'malformed');
    });
  test('an ID token is refused while the implicit flow is off', async () => {
    await assertRefused(bench, () => prove({ idToken: 'x', nonce: NONCE }), 'implicit_flow_off');
  });
  test('an ID token without nonce is refused: nonce', async () => {
    await assertRefused(bench, () => prove({ idToken: 'x' }, { implicitFlow: true }), 'nonce');
  });
  test('a proof for a deployment without a setting is recorded: setting_missing', async () => {
    await assertRefused(
      bench,
      () => bench.identity.refuseMissingSetting('openid-connect', source),
      'setting_missing',
    );
  });
});

/** A provider of our own making at `/<name>`, whose pages a test changes. */
describe('a provider that misbehaves', () => {
  let first: SigningKey;
  let next: SigningKey;
  before(async () => {
    [first, next] = [await signingKey({ kid: 'first' }), await signingKey({ kid: 'next' })];
  });

  const page = (path: string, body: unknown): unknown =>
    bench.pages.set(path, typeof body === 'string' ? body : JSON.stringify(body));
  const base = (name: string): string => `${bench.site.url}/${name}`;
  const fetches = (path: string): number =>
    bench.site.hits.filter((hit) => hit.path === path).length;

  function publish(name: string, changes: Record<string, unknown> = {}): string {
    page(`/${name}/.well-known/openid-configuration`, {
      issuer: base(name),
      token_endpoint: `${base(name)}/token`,
      jwks_uri: `${base(name)}/jwks`,
      ...changes,
    });
    page(`/${name}/jwks`, { keys: [first.jwk] });
    page(`/${name}/token`, { id_token: idToken(name), access_token: 'opaque', expires_in: '600' });
    return `${base(name)}/.well-known/openid-configuration`;
  }
  const idToken = (name: string, claims: Record<string, unknown> = {}, key = first): string => {
    const now = Math.floor(bench.clock.now() / 1000);
    const own = { iss: base(name), aud: CLIENT_ID, sub: 'ada', iat: now, exp: now + 3600 };
    return signToken(key, { ...own, ...claims });
  };
  const grant = (): CodeGrant => ({
    code: 'SplxlOBeZQQYbYS6WxSbIA',
    redirectUri: REDIRECT_URI,
    codeVerifier: pkce().codeVerifier,
  });
  const token = (name: string, answer: unknown): unknown => page(`/${name}/token`, answer);

  test('the sign-in ends with the access token where that is sooner', async () => {
    const uri = publish('brief');
    const { identity } = assertAccepted(await prove(grant(), {}, uri));
    assert.equal(identity.tokenExpiresAt - identity.since, 600_000);
  });

  test('the client authenticates as the provider asks: basic, post, or not at all', async () => {
    const lastToken = (name: string) =>
      bench.site.hits.findLast((hit) => hit.path === `/${name}/token`);
    assertAccepted(await prove(grant(), {}, publish('basic')));
    assert.match(lastToken('basic')?.headers.authorization ?? '', /^Basic /);
    const post = { token_endpoint_auth_methods_supported: ['client_secret_post'] };
    assertAccepted(await prove(grant(), {}, publish('post', post)));
    assert.equal(lastToken('post')?.headers.authorization, undefined);
    assertAccepted(await prove(grant(), { clientSecret: null }, publish('public')));
    assert.equal(lastToken('public')?.headers.authorization, undefined);
  });

  test('T30 a discovery document of another issuer is refused: issuer', async () => {
    const uri = publish('mismatch', { issuer: base('other') });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'issuer');
    assert.equal(fetches('/mismatch/token'), 0);
  });
  test('an issuer that ends in a slash is its own discovery URI, and exact from then on', async () => {
    const uri = publish('slash', { issuer: `${base('slash')}/` });
    token('slash', { id_token: idToken('slash') });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'issuer');
    token('slash', { id_token: idToken('slash', { iss: `${base('slash')}/` }) });
    assertAccepted(await prove(grant(), {}, uri));
  });
  test('T30 jwks_uri at a private address is refused: keys_unavailable', async () => {
    const uri = publish('ssrf', { jwks_uri: 'https://169.254.169.254/keys' });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'keys_unavailable');
  });
  test('T30 a discovery URI over http to a host that is not allowed is refused', async () => {
    await assertRefused(
      bench,
      () => prove(grant(), {}, 'http://provider.example/.well-known/openid-configuration'),
      'provider_unavailable',
    );
  });

  const unusable: [string, unknown][] = [
    ['garbage', 'not json'],
    ['an array', []],
    ['100 KB', JSON.stringify({ id_token: 'x'.repeat(100_000) })],
  ];
  for (const [what, answer] of unusable)
    test(`K12 a token endpoint that answers ${what} is refused: provider_unavailable`, async () => {
      const uri = publish('garbled');
      token('garbled', answer);
      await assertRefused(bench, () => prove(grant(), {}, uri), 'provider_unavailable');
    });
  test('an answer without ID token is refused: code_refused', async () => {
    const uri = publish('no-openid');
    token('no-openid', { access_token: 'opaque' });
    const attempt = await assertRefused(bench, () => prove(grant(), {}, uri), 'code_refused');
    assert.match(attempt.hint ?? '', /scope `openid`/);
  });
  test('K12 a discovery document that is missing or garbage is refused: provider_unavailable', async () => {
    const missing = `${base('nowhere')}/.well-known/openid-configuration`;
    const attempt = await assertRefused(
      bench,
      () => prove(grant(), {}, missing),
      'provider_unavailable',
    );
    assert.match(attempt.hint ?? '', /HTTP 404/);
    page('/garbage/.well-known/openid-configuration', '<html>');
    const garbage = `${base('garbage')}/.well-known/openid-configuration`;
    await assertRefused(bench, () => prove(grant(), {}, garbage), 'provider_unavailable');
  });
  test('K12 a provider that is down is refused: provider_unavailable', async () => {
    const down = await startIdentityProvider();
    await down.close();
    const uri = `${bench.site.url.replace(/\d+$/, '1')}/.well-known/openid-configuration`;
    await assertRefused(bench, () => prove(grant(), {}, uri), 'provider_unavailable');
  });

  test('an access token that the ID token does not name is refused: code_refused', async () => {
    const uri = publish('swapped');
    token('swapped', { id_token: idToken('swapped', { at_hash: 'AAAA' }), access_token: 'opaque' });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'code_refused');
  });
  test('an auth_time that is beyond maxAge or missing is refused: max_age', async () => {
    const uri = publish('aged');
    const now = Math.floor(bench.clock.now() / 1000);
    token('aged', { id_token: idToken('aged', { auth_time: now - 700 }) });
    const aged = () => prove({ ...grant(), maxAge: 600 }, {}, uri);
    await assertRefused(bench, aged, 'max_age');
    token('aged', { id_token: idToken('aged') });
    await assertRefused(bench, aged, 'max_age');
    token('aged', { id_token: idToken('aged', { auth_time: now - 500 }) });
    assertAccepted(await aged());
  });

  test('K13 a key added between two sign-ins is found with one fetch; a removed one ends', async () => {
    const uri = publish('rotating');
    assertAccepted(await prove(grant(), {}, uri));
    assert.equal(fetches('/rotating/jwks'), 1);
    page('/rotating/jwks', { keys: [next.jwk] });
    token('rotating', { id_token: idToken('rotating', {}, next) });
    assertAccepted(await prove(grant(), {}, uri));
    assert.equal(fetches('/rotating/jwks'), 2);
    token('rotating', { id_token: idToken('rotating', {}, first) });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'key_unknown');
    assert.equal(fetches('/rotating/jwks'), 2, 'the cool-down holds');
  });
  test('K13 an empty or missing key set leaves the last good one in use, and is reported', async () => {
    const uri = publish('emptied');
    assertAccepted(await prove(grant(), {}, uri));
    for (const body of ['{"keys":[]}', 'garbage']) {
      page('/emptied/jwks', body);
      bench.clock.move(11 * 60_000);
      token('emptied', { id_token: idToken('emptied') });
      assertAccepted(await prove(grant(), {}, uri));
      const { lastFailure, keys } = await bench.identity.keySetReport(`${base('emptied')}/jwks`);
      assert.ok(lastFailure?.problem);
      assert.equal(keys.length, 1);
    }
  });
  test('K13 a key removed at the provider is refused after ten minutes at most', async () => {
    const uri = publish('revoked');
    assertAccepted(await prove(grant(), {}, uri));
    page('/revoked/jwks', { keys: [next.jwk] });
    bench.clock.move(10 * 60_000);
    token('revoked', { id_token: idToken('revoked') });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'key_unknown');
  });

  test("the OpenID Foundation's kid cases: absent with one key, and with several", async () => {
    const uri = publish('kidless');
    const now = Math.floor(bench.clock.now() / 1000);
    const claims = { iss: base('kidless'), aud: CLIENT_ID, sub: 'ada', iat: now, exp: now + 60 };
    token('kidless', { id_token: forge({ alg: 'RS256' }, claims, byRsa(first.privateKey)) });
    assertAccepted(await prove(grant(), {}, uri));
    page('/kidless/jwks', { keys: [first.jwk, next.jwk] });
    bench.clock.move(10 * 60_000);
    const later = { ...claims, iat: now + 600, exp: now + 660 };
    token('kidless', { id_token: forge({ alg: 'RS256' }, later, byRsa(first.privateKey)) });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'key_unknown');
  });
});

test('K12 a provider that hangs is refused within the limit: provider_unavailable', async () => {
  bench.site.respondWith(() => ({ kind: 'hang' }));
  const uri = `${bench.site.url}/hanging/.well-known/openid-configuration`;
  const grant = { code: 'c', redirectUri: REDIRECT_URI, nonce: NONCE };
  const attempt = await assertRefused(bench, () => prove(grant, {}, uri), 'provider_unavailable');
  assert.match(attempt.hint ?? '', /in time|did not answer/);
});

test('no code, secret or token of any of the above is stored', async () => {
  const text = await bench.storedText();
  for (const secret of [CLIENT_SECRET, NONCE, 'SplxlOBeZQQYbYS6WxSbIA', 'eyJ'])
    assert.ok(!text.includes(secret), secret.slice(0, 3));
});
