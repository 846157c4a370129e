/** Sign-ins renewed with the provider's refresh token (OpenID Connect Core §12). */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type IdentityProvider,
  pkce,
  type SigningKey,
  signInAt,
  signingKey,
  startIdentityProvider,
} from '@countersign/simulators';
import type { OpenIdConnectSetting, ProvenIdentity, Reason, Verdict } from './index.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  source,
} from './testing/identity-under-test.ts';
import { CLIENT_ID, type ScriptedProvider, scriptedProvider } from './testing/scripted-provider.ts';

const CLIENT_SECRET = 'the-client-secret-of-the-tests';
const REDIRECT_URI = 'https://shop.example/callback';
const FIRST_REFRESH_TOKEN = 'first-refresh-token-of-the-provider';
const NEXT_REFRESH_TOKEN = 'next-refresh-token-of-the-provider';

let certified: IdentityProvider;
let bench: IdentityUnderTest;
let key: SigningKey;
let provider: ScriptedProvider;

before(async () => {
  const client = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, redirectUris: [REDIRECT_URI] };
  certified = await startIdentityProvider({ clients: [client] });
  bench = await identityUnderTest({ alsoAllow: [`127.0.0.1:${certified.port}`] });
  key = await signingKey({ kid: 'first' });
  provider = scriptedProvider(bench, key);
});
after(async () => {
  await bench.close();
  await certified.close();
});

const renew = (
  uri: string,
  signIn: { refreshToken: string; identity: ProvenIdentity },
  changes: Partial<OpenIdConnectSetting> = {},
): Promise<Verdict> =>
  bench.identity.renewOpenIdConnect(openIdConnectSetting(uri, changes), signIn, source);

/** Ada signs in at the scripted provider `name`. */
async function signedIn(name: string, claims: Record<string, unknown> = {}, changes = {}) {
  const uri = provider.publish(name, changes);
  provider.token(name, {
    id_token: provider.idToken(name, { sid: 's-1', ...claims }),
    access_token: 'opaque',
    expires_in: 600,
    refresh_token: FIRST_REFRESH_TOKEN,
  });
  const grant = { code: `code-${name}`, redirectUri: REDIRECT_URI, ...pkce() };
  const setting = openIdConnectSetting(uri, { contextClaims: ['tier'] });
  const verdict = assertAccepted(await bench.identity.proveOpenIdConnect(setting, grant, source));
  const { identity } = verdict;
  return { uri, signIn: { refreshToken: verdict.providerRefreshToken ?? '', identity } };
}

test('a sign-in at the certified provider is renewed, again and again', async () => {
  const { codeVerifier, codeChallenge } = pkce();
  const { code, iss } = await signInAt(certified, {
    clientId: CLIENT_ID,
    redirectUri: REDIRECT_URI,
    codeChallenge,
    nonce: 'n-0S6_WzA2Mj',
  });
  const grant = { code, iss, redirectUri: REDIRECT_URI, codeVerifier, nonce: 'n-0S6_WzA2Mj' };
  const setting = openIdConnectSetting(certified.discoveryUri, { reproof: 'token' });
  const first = assertAccepted(await bench.identity.proveOpenIdConnect(setting, grant, source));
  let { providerRefreshToken, identity } = first;
  for (let time = 0; time < 2; time++) {
    assert.ok(providerRefreshToken);
    bench.clock.move(60_000);
    const signIn = { refreshToken: providerRefreshToken, identity };
    const renewed = assertAccepted(await renew(certified.discoveryUri, signIn));
    assert.equal(renewed.identity.subject, certified.people[0]?.id);
    assert.equal(renewed.identity.name, first.identity.name);
    assert.ok(renewed.identity.since >= identity.since + 60_000);
    ({ providerRefreshToken, identity } = renewed);
  }
});

describe('a renewal', () => {
  test('stands from now on, with what the new ID token says, and the rotated refresh token', async () => {
    const { uri, signIn } = await signedIn('rotating', { tier: 'silver', name: 'Ada Ng' });
    assert.equal(signIn.refreshToken, FIRST_REFRESH_TOKEN);
    bench.clock.move(300_000);
    provider.token('rotating', {
      id_token: provider.idToken('rotating', { tier: 'gold', name: 'Ada Ng-Lee' }),
      access_token: 'opaque',
      expires_in: 600,
      refresh_token: NEXT_REFRESH_TOKEN,
    });
    const changes = { contextClaims: ['tier'], reproof: 'token' as const };
    const { identity, providerRefreshToken } = assertAccepted(await renew(uri, signIn, changes));
    assert.equal(providerRefreshToken, NEXT_REFRESH_TOKEN);
    assert.deepEqual(identity.facts, { tier: 'gold' });
    assert.equal(identity.name, 'Ada Ng-Lee');
    assert.ok(identity.since >= signIn.identity.since + 300_000);
    assert.equal(identity.tokenExpiresAt, identity.since + 600_000);
    assert.equal(identity.reproveAt, identity.tokenExpiresAt);
    assert.equal(identity.providerSession, 's-1', 'as the first ID token named it');
    const { form, authorization } = provider.lastRequest('/rotating/token');
    assert.equal(form.get('grant_type'), 'refresh_token');
    assert.equal(form.get('refresh_token'), FIRST_REFRESH_TOKEN);
    assert.match(authorization ?? '', /^Basic /);
  });
  test('without a new ID token keeps the person, the facts and the refresh token', async () => {
    const { uri, signIn } = await signedIn('silent', { tier: 'silver', name: 'Ada Ng' });
    bench.clock.move(300_000);
    provider.token('silent', { access_token: 'opaque', expires_in: 900 });
    const { identity, providerRefreshToken } = assertAccepted(
      await renew(uri, signIn, { reproof: 120 }),
    );
    assert.equal(providerRefreshToken, FIRST_REFRESH_TOKEN);
    const { since, tokenExpiresAt, reproveAt, ...rest } = identity;
    assert.equal(tokenExpiresAt, since + 900_000);
    assert.equal(reproveAt, since + 120_000);
    const { since: _, tokenExpiresAt: __, reproveAt: ___, ...firstRest } = signIn.identity;
    assert.deepEqual(rest, firstRest);
  });
  test('whose life is not told lives as long as the tokens before', async () => {
    const { uri, signIn } = await signedIn('untold');
    bench.clock.move(300_000);
    provider.token('untold', { access_token: 'opaque' });
    const { identity } = assertAccepted(await renew(uri, signIn));
    assert.equal(identity.tokenExpiresAt, identity.since + 600_000);
  });
  test('may repeat the nonce and the auth_time of the sign-in', async () => {
    const { uri, signIn } = await signedIn('repeating');
    const authTime = Math.floor(signIn.identity.since / 1000) - 20;
    const idToken = provider.idToken('repeating', { nonce: 'n-0S6', auth_time: authTime });
    provider.token('repeating', { id_token: idToken, access_token: 'opaque' });
    assertAccepted(await renew(uri, signIn));
  });
});

describe('a renewed ID token', () => {
  const wrong: [what: string, reason: Reason, claims: () => Record<string, unknown>][] = [
    ['with another iss', 'issuer', () => ({ iss: provider.base('elsewhere') })],
    ['with another sub', 'subject', () => ({ sub: 'grace' })],
    ['with another aud', 'audience', () => ({ aud: 'another-client' })],
    ['with another azp', 'audience', () => ({ azp: 'another-client' })],
    ['that has expired', 'expired', () => ({ exp: Math.floor(bench.clock.now() / 1000) - 60 })],
    [
      'of a later sign-in',
      'max_age',
      () => ({ auth_time: Math.floor(bench.clock.now() / 1000) + 3600 }),
    ],
  ];
  for (const [what, reason, claims] of wrong)
    test(`T33 ${what} is refused: ${reason}`, async () => {
      const { uri, signIn } = await signedIn('wrong');
      provider.token('wrong', {
        id_token: provider.idToken('wrong', claims()),
        access_token: 'opaque',
        refresh_token: NEXT_REFRESH_TOKEN,
      });
      await assertRefused(bench, () => renew(uri, signIn), reason);
    });
  test('that another key signed is refused: bad_signature', async () => {
    const { uri, signIn } = await signedIn('forged');
    const stranger = await signingKey({ kid: 'first' });
    provider.token('forged', { id_token: provider.idToken('forged', {}, stranger) });
    await assertRefused(bench, () => renew(uri, signIn), 'bad_signature');
  });
});

describe('a provider that does not renew', () => {
  const answers: [what: string, status: number, body: unknown, reason: Reason, hint: RegExp][] = [
    [
      'the refresh token',
      400,
      { error: 'invalid_grant', error_description: 'Session not active' },
      'refresh_refused',
      /no longer renews this sign-in \(“Session not active”\).*new sign-in is needed/,
    ],
    [
      'since it does not know the client',
      401,
      { error: 'invalid_client' },
      'provider_unavailable',
      /does not accept the client countersign with this secret/,
    ],
    ['since it fails', 500, { error: 'server_error' }, 'provider_unavailable', /HTTP 500/],
    ['for the moment', 400, { error: 'temporarily_unavailable' }, 'provider_unavailable', /400/],
    ['since it is asked too often', 429, { error: 'slow' }, 'provider_unavailable', /HTTP 429/],
    ['and answers a page', 200, '<html>', 'provider_unavailable', /an HTML page instead of JSON/],
  ];
  for (const [what, status, body, reason, hint] of answers)
    test(`K12 ${what}: ${reason}`, async () => {
      const { uri, signIn } = await signedIn('refusing');
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      provider.answer('/refusing/token', { status, body: text });
      const attempt = await assertRefused(bench, () => renew(uri, signIn), reason);
      assert.match(attempt.hint ?? '', hint);
      assert.equal(attempt.subject, 'ada', 'whose renewal it was');
    });
  test('that another provider has taken the place of: nothing is sent there', async () => {
    const { signIn } = await signedIn('before');
    const uri = provider.publish('after');
    const attempt = await assertRefused(bench, () => renew(uri, signIn), 'issuer');
    assert.match(attempt.hint ?? '', /signed in at .*before, and the setting's provider is now/);
    assert.equal(provider.fetches('/after/token'), 0);
  });
});

test('no refresh token, secret or ID token of any of the above is stored', async () => {
  const text = await bench.storedText();
  for (const secret of [FIRST_REFRESH_TOKEN, NEXT_REFRESH_TOKEN, CLIENT_SECRET, 'opaque', 'eyJ'])
    assert.ok(!text.includes(secret), secret.slice(0, 5));
});
