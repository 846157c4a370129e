import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import * as relyingParty from 'openid-client';
import {
  type CookieJar,
  type IdentityProvider,
  pkce,
  signInAt,
  startIdentityProvider,
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

  const discover = (method: relyingParty.ClientAuth) =>
    relyingParty.discovery(new URL(provider.issuer), CLIENT.clientId, {}, method, {
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

function headerOf(token: string | undefined): unknown {
  return JSON.parse(Buffer.from(token?.split('.')[0] ?? '', 'base64url').toString());
}
