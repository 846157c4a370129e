import assert from 'node:assert/strict';
import type { webcrypto } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import * as relyingParty from 'openid-client';
import {
  type CookieJar,
  type IdentityProvider,
  pkce,
  signInAt,
  signingKey,
  startIdentityProvider,
  startKeyServer,
} from '../src/index.ts';

const CLIENT = { clientId: 'countersign', clientSecret: 'a secret of the sample world' };
const REDIRECT_URI = 'http://127.0.0.1:4000/account/code';
const NONCE = 'n-0S6_WzA2Mj';

suite('the identity provider, seen by an independent relying party', () => {
  let provider: IdentityProvider;
  let client: relyingParty.Configuration;

  before(async () => {
    provider = await startIdentityProvider({
      clients: [{ ...CLIENT, redirectUris: [REDIRECT_URI] }],
    });
    client = await discover(relyingParty.ClientSecretBasic(CLIENT.clientSecret));
  });
  after(() => provider.close());

  const discover = (method: relyingParty.ClientAuth, clientId = CLIENT.clientId) =>
    relyingParty.discovery(new URL(provider.issuer), clientId, {}, method, {
      execute: [relyingParty.allowInsecureRequests],
    });

  const redeem = async (
    options: Partial<Parameters<typeof signInAt>[1]> & { verifier?: string; as?: typeof client },
  ) => {
    const { codeVerifier, codeChallenge } = pkce();
    const answer = await signInAt(provider, {
      ...CLIENT,
      redirectUri: REDIRECT_URI,
      codeChallenge,
      nonce: NONCE,
      ...options,
    });
    const url = new URL(`${REDIRECT_URI}?${new URLSearchParams({ ...answer })}`);
    const exchange = () =>
      relyingParty.authorizationCodeGrant(options.as ?? client, url, {
        pkceCodeVerifier: options.verifier ?? codeVerifier,
        expectedNonce: NONCE,
        expectedState: answer.state,
      });
    return { tokens: await exchange(), exchange };
  };

  test('[T00] proves a person by code, PKCE, nonce and RFC 9207 iss', async () => {
    const { tokens } = await redeem({ person: 'u-1007' });
    const claims = tokens.claims();
    assert.partialDeepStrictEqual(claims, {
      iss: provider.issuer,
      sub: 'u-1007',
      name: 'Ada Ng',
      given_name: 'Ada',
      family_name: 'Ng',
      email: 'ada.ng@example.com',
      msdyn_isvip: 'true',
      msdyn_cartvalue: '12400',
    });
    assert.equal(typeof claims?.auth_time, 'number');
    assert.deepEqual(headerOf(tokens.id_token), { alg: 'RS256', kid: '2026-q4' });
    assert.equal(
      (await relyingParty.fetchUserInfo(client, tokens.access_token, 'u-1007')).email,
      'ada.ng@example.com',
    );
  });

  test('takes the client secret by POST as well', async () => {
    const as = await discover(relyingParty.ClientSecretPost(CLIENT.clientSecret));
    const { tokens } = await redeem({ person: 'u-1019', as });
    assert.equal(tokens.claims()?.sub, 'u-1019');
    const wrong = await discover(relyingParty.ClientSecretPost('another secret'));
    await assert.rejects(redeem({ as: wrong }), { error: 'invalid_client' });
  });

  test('gives refresh tokens that renew the proof', async () => {
    const { tokens } = await redeem({ person: 'lena.vogt@example.com' });
    assert.ok(tokens.refresh_token);
    const renewed = await relyingParty.refreshTokenGrant(client, tokens.refresh_token);
    assert.equal(renewed.claims()?.sub, 'u-1012');
  });

  test('a refresh token works once; who uses it again loses the sign-in', async () => {
    const { tokens } = await redeem({});
    assert.ok(tokens.refresh_token);
    const renewed = await relyingParty.refreshTokenGrant(client, tokens.refresh_token);
    assert.ok(renewed.refresh_token);
    assert.notEqual(renewed.refresh_token, tokens.refresh_token);
    const again = relyingParty.refreshTokenGrant(client, tokens.refresh_token);
    await assert.rejects(again, { error: 'invalid_grant' });
    const next = relyingParty.refreshTokenGrant(client, renewed.refresh_token);
    await assert.rejects(next, { error: 'invalid_grant' });
  });

  test('what it gives lasts as long as it is told', async () => {
    provider.setLifetimes({ accessTokenSeconds: 60, idTokenSeconds: 120 });
    const { tokens } = await redeem({});
    assert.equal(tokens.expires_in, 60);
    const { exp = 0, iat = 0 } = tokens.claims() ?? {};
    assert.equal(exp - iat, 120);
    provider.setLifetimes({ accessTokenSeconds: 3600, idTokenSeconds: 3600 });
  });

  test('takes assertions of a client that has keys, and no secret in their place', async () => {
    const key = await signingKey({ kid: 'node-1' });
    const clientId = 'with-keys';
    const registered = { clientId, clientSecret: 'unused', jwks: { keys: [key.jwk] } };
    provider.registerClient({ ...registered, redirectUris: [REDIRECT_URI] });
    const as = await discover(await assertionBy(key.privateJwk), clientId);
    const { tokens } = await redeem({ ...registered, as });
    assert.equal(tokens.claims()?.aud, clientId);
    const stranger = await signingKey({ kid: 'node-1' });
    const forged = await discover(await assertionBy(stranger.privateJwk), clientId);
    await assert.rejects(redeem({ ...registered, as: forged }), { error: 'invalid_client' });
    const bySecret = await discover(relyingParty.ClientSecretPost('unused'), clientId);
    await assert.rejects(redeem({ ...registered, as: bySecret }), { error: 'invalid_client' });
  });

  test('signing out tells the clients: by logout token, and in frames', async () => {
    const site = await startKeyServer({ respond: () => ({ kind: 'body', body: '' }) });
    const clientId = 'with-logout';
    provider.registerClient({
      ...CLIENT,
      clientId,
      redirectUris: [REDIRECT_URI],
      backchannelLogoutUri: `${site.url}/back`,
      frontchannelLogoutUri: `${site.url}/front?of=chat`,
    });
    const cookies: CookieJar = new Map();
    const as = await discover(relyingParty.ClientSecretBasic(CLIENT.clientSecret), clientId);
    const { tokens } = await redeem({ clientId, cookies, as });
    const sid = tokens.claims()?.sid;
    assert.equal(typeof sid, 'string');

    const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const out = await fetch(`${provider.issuer}/session/end?id_token_hint=${tokens.id_token}`, {
      headers: { cookie: cookie() },
    });
    const page = await out.text();
    const frame = /<iframe hidden title="Signing out" data-src="([^"]+)"/.exec(page)?.[1] ?? '';
    const address = new URL(frame.replaceAll('&amp;', '&'));
    assert.equal(address.pathname, '/front');
    assert.deepEqual(Object.fromEntries(address.searchParams), {
      of: 'chat',
      iss: provider.issuer,
      sid,
    });
    assert.ok(out.headers.get('content-security-policy')?.includes(`frame-src ${site.url};`));

    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    await fetch(`${provider.issuer}/session/end/confirm`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookie() },
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    assert.deepEqual(
      site.hits.map(({ method, path }) => `${method} ${path}`),
      ['POST /back'],
    );
    await site.close();
  });

  test('K12 while it is down every connection is reset; then it knows everybody as before', async () => {
    const cookies: CookieJar = new Map();
    await redeem({ person: 'u-1012', cookies });
    await provider.goDown();
    await assert.rejects(fetch(provider.discoveryUri), /fetch failed/);
    const reset = (error: unknown) =>
      error instanceof Error && codeOf(error.cause) === 'ECONNRESET';
    await assert.rejects(fetch(provider.discoveryUri), reset);
    await provider.comeBack();
    const { tokens } = await redeem({ prompt: 'none', cookies });
    assert.equal(tokens.claims()?.sub, 'u-1012');
  });

  test('[T27] refuses a wrong verifier, and a code that was used', async () => {
    const { codeVerifier } = pkce();
    await assert.rejects(redeem({ verifier: codeVerifier }), { error: 'invalid_grant' });
    const { exchange } = await redeem({});
    await assert.rejects(exchange(), { error: 'invalid_grant' });
  });

  test('insists on PKCE', async () => {
    await assert.rejects(redeem({ codeChallenge: '' }), /invalid_request/);
  });

  test('answers prompt=none only when somebody is signed in', async () => {
    const cookies: CookieJar = new Map();
    await assert.rejects(redeem({ prompt: 'none', cookies }), /login_required/);
    await redeem({ person: 'u-1012', cookies });
    const { tokens } = await redeem({ prompt: 'none', cookies });
    assert.equal(tokens.claims()?.sub, 'u-1012');
  });

  test('asks again for prompt=login and for an elapsed max_age', async () => {
    const cookies: CookieJar = new Map();
    await redeem({ person: 'u-1012', cookies });
    const { tokens } = await redeem({ person: 'u-1012', prompt: 'login', cookies });
    assert.equal(tokens.claims()?.sub, 'u-1012');
    const other = await redeem({ person: 'u-1007', prompt: 'login', cookies });
    assert.equal(other.tokens.claims()?.sub, 'u-1007', 'another person takes over the browser');
    await assert.rejects(redeem({ prompt: 'none', maxAge: 0, cookies }), /login_required/);
    await assert.rejects(redeem({ prompt: 'login', password: 'wrong', cookies }), /password/);
  });

  test('gives consent by itself when a client asks for it', async () => {
    const { tokens } = await redeem({ prompt: 'consent' });
    assert.ok(tokens.refresh_token);
  });

  test('refuses an address that the client has not registered, until it has', async () => {
    const redirectUri = 'http://127.0.0.1:4001/elsewhere';
    const { codeChallenge } = pkce();
    const request = { ...CLIENT, redirectUri, codeChallenge };
    await assert.rejects(signInAt(provider, request), /invalid_redirect_uri/);
    provider.addRedirectUris(CLIENT.clientId, [redirectUri]);
    assert.equal((await signInAt(provider, request)).iss, provider.issuer);
  });
});

async function assertionBy(jwk: webcrypto.JsonWebKey): Promise<relyingParty.ClientAuth> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']);
  return relyingParty.PrivateKeyJwt({ key, kid: 'node-1' });
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

function headerOf(token: string | undefined): unknown {
  return JSON.parse(Buffer.from(token?.split('.')[0] ?? '', 'base64url').toString());
}
