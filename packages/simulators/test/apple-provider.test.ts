import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { type OAuthProvider, pkce, startOAuthProvider } from '../src/index.ts';

const REDIRECT_URI = 'http://127.0.0.1:4000/callback';
const CLIENT = { clientId: 'countersign', clientSecret: 'a secret: of/the+world' };

suite('the provider behind an Apple sign-in', () => {
  let nowMs = Date.now();
  let provider: OAuthProvider;
  before(async () => {
    provider = await startOAuthProvider({
      clients: [
        { ...CLIENT, redirectUris: [REDIRECT_URI], scopes: ['openid', 'profile', 'email'] },
        { clientId: 'other', clientSecret: 'x', redirectUris: [REDIRECT_URI] },
      ],
      now: () => nowMs,
    });
  });
  beforeEach(() => {
    nowMs = Date.now();
  });
  after(() => provider.close());

  async function authorize(query: Record<string, string | undefined> = {}, fields = {}) {
    const url = new URL(provider.authorizationUrl);
    const all = {
      client_id: CLIENT.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid email',
      state: 's-1',
      ...query,
    };
    for (const [name, value] of Object.entries(all))
      if (value !== undefined) url.searchParams.set(name, value);
    const body = new URLSearchParams({ person: 'u-1012', password: 'fjell', ...fields });
    const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    const location = URL.parse(answer.headers.get('location') ?? '');
    const { searchParams, hash } = location ?? { searchParams: new URLSearchParams(), hash: '' };
    const query_ = Object.fromEntries(searchParams);
    return { status: answer.status, query: query_, hash: new URLSearchParams(hash.slice(1)) };
  }

  async function redeem(fields: Record<string, string | undefined>, headers = {}) {
    const body = new URLSearchParams();
    const all = {
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT_URI,
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
      ...fields,
    };
    for (const [name, value] of Object.entries(all)) if (value !== undefined) body.set(name, value);
    const answer = await fetch(provider.accessTokenUrl, { method: 'POST', body, headers });
    return { status: answer.status, json: JSON.parse(await answer.text()) };
  }

  async function profile(authorization?: string, query = '') {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await fetch(provider.profileUrl + query, { headers, redirect: 'manual' });
    return { status: answer.status, text: await answer.text() };
  }

  const signIn = async (query = {}) => (await authorize(query)).query.code ?? '';

  test('[17.5] code, opaque token, profile with the claims of the granted scopes', async () => {
    const { query } = await authorize();
    assert.equal(query.state, 's-1');
    const { json } = await redeem({ code: query.code });
    assert.equal(json.token_type, 'Bearer');
    assert.equal(json.access_token.includes('.'), false);
    const { text } = await profile(`Bearer ${json.access_token}`);
    const email = { email: 'lena.vogt@example.com', email_verified: true };
    assert.deepEqual(JSON.parse(text), { sub: 'u-1012', ...email });
  });

  test('[17.5] an ID token with the openid scope, for the nonce', async () => {
    const { json } = await redeem({ code: await signIn({ nonce: 'n-1' }) });
    const keys = createLocalJWKSet(JSON.parse(await (await fetch(provider.jwksUri)).text()));
    const options = { issuer: provider.issuer, audience: CLIENT.clientId };
    const { payload } = await jwtVerify(json.id_token, keys, options);
    assert.deepEqual([payload.sub, payload.nonce], ['u-1012', 'n-1']);
    const plain = await redeem({ code: await signIn({ scope: 'email' }) });
    assert.equal(plain.json.id_token, undefined);
  });

  test('[17.5] exact redirect URI and known client, or a page', async () => {
    assert.equal((await authorize({ redirect_uri: `${REDIRECT_URI}/` })).status, 400);
    assert.equal((await authorize({ client_id: 'nobody' })).status, 400);
  });

  test('[17.5] scopes, response types, PKCE methods that are not there', async () => {
    assert.equal((await authorize({ scope: 'admin' })).query.error, 'invalid_scope');
    assert.equal((await authorize({ scope: '' })).query.error, 'invalid_scope');
    const { query } = await authorize({ response_type: 'id_token' });
    assert.equal(query.error, 'unsupported_response_type');
    const plain = await authorize({ code_challenge: 'x', code_challenge_method: 'plain' });
    assert.equal(plain.query.error, 'invalid_request');
    assert.equal((await authorize({ prompt: 'none' })).query.error, 'login_required');
  });

  test('[17.5] cancel is access_denied, a wrong password shows the page again', async () => {
    assert.equal((await authorize({}, { cancel: 'yes' })).query.error, 'access_denied');
    assert.equal((await authorize({}, { password: 'wrong' })).status, 422);
  });

  test('[17.5] a wrong secret, a missing one, and the right one as HTTP Basic', async () => {
    const code = await signIn();
    assert.equal((await redeem({ code, client_secret: 'wrong' })).status, 401);
    assert.equal((await redeem({ code, client_secret: undefined })).status, 401);
    const [id, secret] = [CLIENT.clientId, CLIENT.clientSecret].map(encodeURIComponent);
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const basic = { code, client_id: undefined, client_secret: undefined };
    assert.equal((await redeem(basic, { authorization })).status, 200);
  });

  test('[17.5] a code works once; again, it takes its token back', async () => {
    const code = await signIn();
    const { json } = await redeem({ code });
    const again = await redeem({ code });
    assert.deepEqual([again.status, again.json.error], [400, 'invalid_grant']);
    assert.equal((await profile(`Bearer ${json.access_token}`)).status, 401);
  });

  test('[17.5] a code of another client, another redirect URI, or too late', async () => {
    const foreign = { client_id: 'other', client_secret: 'x' };
    const codes = [await signIn(), await signIn(), await signIn()];
    const other = await redeem({ code: codes[0], ...foreign });
    assert.equal(other.json.error, 'invalid_grant');
    const elsewhere = await redeem({ code: codes[1], redirect_uri: 'http://127.0.0.1:1/' });
    assert.equal(elsewhere.json.error, 'invalid_grant');
    nowMs += 60_000;
    assert.equal((await redeem({ code: codes[2] })).json.error, 'invalid_grant');
  });

  test('[17.5] a code is bound to its PKCE challenge', async () => {
    const { codeVerifier, codeChallenge } = pkce();
    const query = { code_challenge: codeChallenge, code_challenge_method: 'S256' };
    for (const verifier of [undefined, 'x'.repeat(43)]) {
      const refused = await redeem({ code: await signIn(query), code_verifier: verifier });
      assert.equal(refused.json.error, 'invalid_grant');
    }
    const right = await redeem({ code: await signIn(query), code_verifier: codeVerifier });
    assert.equal(right.status, 200);
    const unasked = await redeem({ code: await signIn(), code_verifier: codeVerifier });
    assert.equal(unasked.json.error, 'invalid_grant');
  });

  test('[17.5] the profile is for a token of its own, in time, as Bearer header', async () => {
    const token = provider.accessToken('u-1007');
    assert.equal((await profile(`Bearer ${token}`)).status, 200);
    assert.equal((await profile()).status, 401);
    assert.equal((await profile(`Bearer ${token}x`)).status, 401);
    assert.equal((await profile(`Basic ${token}`)).status, 401);
    assert.equal((await profile(undefined, `?access_token=${token}`)).status, 401);
    nowMs += 60 * 60 * 1000;
    assert.equal((await profile(`Bearer ${token}`)).status, 401);
  });

  test('[17.5] faults of the profile, one after the other', async () => {
    const token = `Bearer ${provider.accessToken('u-1007')}`;
    const { promise, resolve } = Promise.withResolvers<void>();
    provider.script(
      'profile',
      { kind: 'status', status: 401 },
      { kind: 'status', status: 500 },
      { kind: 'slow', ms: 1 },
      { kind: 'not-json' },
      { kind: 'claims', claims: { sub: undefined } },
      { kind: 'redirect', to: 'https://elsewhere.example/' },
      { kind: 'oversized', bytes: 300_000 },
      { kind: 'reset' },
      { kind: 'hold', until: promise },
    );
    assert.equal((await profile(token)).status, 401);
    assert.equal((await profile(token)).status, 500);
    assert.equal((await profile(token)).status, 200);
    assert.equal((await profile(token)).text.startsWith('{'), false);
    assert.equal(JSON.parse((await profile(token)).text).sub, undefined);
    assert.equal((await profile(token)).status, 302);
    assert.ok((await profile(token)).text.length > 300_000);
    await assert.rejects(profile(token));
    const count = provider.requests.filter(({ endpoint }) => endpoint === 'profile').length;
    const held = profile(token);
    await provider.requested('profile', count + 1);
    resolve();
    assert.equal(JSON.parse((await held).text).sub, 'u-1007');
  });

  test('[17.5] faults of the token endpoint and of its ID token', async () => {
    provider.script(
      'token',
      { kind: 'error', error: 'invalid_grant' },
      { kind: 'claims', claims: { access_token: undefined } },
      { kind: 'id-token-claims', claims: { nonce: 'another' } },
    );
    assert.equal((await redeem({ code: await signIn() })).json.error, 'invalid_grant');
    assert.equal((await redeem({ code: await signIn() })).json.access_token, undefined);
    const { json } = await redeem({ code: await signIn({ nonce: 'mine' }) });
    const claims = JSON.parse(Buffer.from(json.id_token.split('.')[1], 'base64url').toString());
    assert.equal(claims.nonce, 'another');
  });

  test('[17.4] an error, and a token in query, fragment and form', async () => {
    provider.script('authorize', { kind: 'error', error: 'server_error' });
    assert.equal((await authorize()).query.error, 'server_error');
    assert.ok((await authorize({ response_type: 'token' })).hash.has('access_token'));
    provider.answerAs({ responseType: 'token', mode: 'query' });
    assert.ok((await authorize()).query.access_token);
    provider.answerAs({ mode: 'form_post' });
    assert.equal((await authorize()).status, 200);
    provider.answerAs({});
  });
});
