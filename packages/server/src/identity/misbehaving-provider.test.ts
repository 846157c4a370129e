/** Sign-ins at a provider of our own making at `/<name>`, whose pages each test changes. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pkce, type SigningKey, signingKey } from '@countersign/simulators';
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
import { CLIENT_ID, type ScriptedProvider, scriptedProvider } from './testing/scripted-provider.ts';

const REDIRECT_URI = 'https://shop.example/callback';
const CODE = 'SplxlOBeZQQYbYS6WxSbIA';

let bench: IdentityUnderTest;
before(async () => {
  bench = await identityUnderTest();
});
after(() => bench.close());

const prove = (
  grant: CodeGrant,
  changes: Partial<OpenIdConnectSetting>,
  discoveryUri: string,
): Promise<Verdict> =>
  bench.identity.proveOpenIdConnect(openIdConnectSetting(discoveryUri, changes), grant, source);

describe('a provider that misbehaves', () => {
  let first: SigningKey;
  let next: SigningKey;
  before(async () => {
    [first, next] = [await signingKey({ kid: 'first' }), await signingKey({ kid: 'next' })];
    ({ base, page, publish, token, idToken, fetches } = scriptedProvider(bench, first));
  });
  let base: ScriptedProvider['base'];
  let page: ScriptedProvider['page'];
  let publish: ScriptedProvider['publish'];
  let token: ScriptedProvider['token'];
  let idToken: ScriptedProvider['idToken'];
  let fetches: ScriptedProvider['fetches'];

  const grant = (): CodeGrant => ({
    code: CODE,
    redirectUri: REDIRECT_URI,
    codeVerifier: pkce().codeVerifier,
  });

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
  const grant = { code: 'c', redirectUri: REDIRECT_URI, nonce: 'n-0S6_WzA2Mj' };
  const attempt = await assertRefused(bench, () => prove(grant, {}, uri), 'provider_unavailable');
  assert.match(attempt.hint ?? '', /in time|did not answer/);
});

test('no code, secret or token of any of the above is stored', async () => {
  const text = await bench.storedText();
  for (const secret of ['the-client-secret-of-the-tests', CODE, 'eyJ'])
    assert.ok(!text.includes(secret), secret.slice(0, 3));
});
