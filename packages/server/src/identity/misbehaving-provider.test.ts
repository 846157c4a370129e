/** Sign-ins at a provider of our own making at `/<name>`, whose pages each test changes. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { pkce, type SigningKey, signingKey, signToken } from '@countersign/simulators';
import type { CodeGrant, OpenIdConnectSetting, Reason, Verdict } from './index.ts';
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
  test('T33 signing-key-rotation: a key added between two sign-ins costs exactly one fetch', async () => {
    const uri = publish('added');
    assertAccepted(await prove(grant(), {}, uri));
    page('/added/jwks', { keys: [first.jwk, next.jwk] });
    token('added', { id_token: idToken('added', {}, next) });
    const many = await Promise.all(Array.from({ length: 20 }, () => prove(grant(), {}, uri)));
    for (const verdict of many) assertAccepted(verdict);
    assert.equal(fetches('/added/jwks'), 2);
  });
  test('T33 signing-key-rotation-just-before-signing: the first ID token is of a key not yet seen', async () => {
    const uri = publish('just-before');
    await bench.identity.keySetReport(`${base('just-before')}/jwks`);
    page('/just-before/jwks', { keys: [next.jwk] });
    token('just-before', { id_token: idToken('just-before', {}, next) });
    assertAccepted(await prove(grant(), {}, uri));
    assert.equal(fetches('/just-before/jwks'), 2);
  });
  test('K13 the same kid with a new key is found with one fetch, and the old key ends', async () => {
    const uri = publish('replaced');
    assertAccepted(await prove(grant(), {}, uri));
    const successor = await signingKey({ kid: 'first' });
    page('/replaced/jwks', { keys: [successor.jwk] });
    token('replaced', { id_token: idToken('replaced', {}, successor) });
    const { checks } = assertAccepted(await prove(grant(), {}, uri));
    assert.ok(checks.every(({ passed }) => passed));
    assert.equal(fetches('/replaced/jwks'), 2);
    token('replaced', { id_token: idToken('replaced') });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'bad_signature');
    assert.equal(fetches('/replaced/jwks'), 2, 'the cool-down holds');
  });
  test('K13 a single PEM that is replaced is found with one fetch', async () => {
    page('/pem', first.publicKeyPem);
    const setting = signedTokenSetting(`${bench.site.url}/pem`);
    const now = Math.floor(bench.clock.now() / 1000);
    const claims = { iss: 'shop.example', sub: 'ada', iat: now, exp: now + 60 };
    const proveBy = (key: SigningKey) =>
      bench.identity.proveSignedToken(setting, signToken(key, claims), source);
    assertAccepted(await proveBy(first));
    page('/pem', next.publicKeyPem);
    assertAccepted(await proveBy(next));
    assert.equal(fetches('/pem'), 2);
  });
  test('K13 a flood of bad signatures costs one fetch a cool-down; good ones go on', async () => {
    const uri = publish('forged');
    assertAccepted(await prove(grant(), {}, uri));
    const stranger = await signingKey({ kid: 'first' });
    const setting = openIdConnectSetting(uri, { implicitFlow: true });
    const forged = () => {
      const nonce = 'n-0S6_WzA2Mj';
      const proof = { idToken: idToken('forged', { nonce }, stranger), nonce };
      return bench.identity.proveOpenIdConnect(setting, proof, source);
    };
    for (let window = 1; window <= 3; window++) {
      const stored = await bench.attemptsStored();
      const verdicts = await Promise.all(Array.from({ length: 300 }, forged));
      const reasons = verdicts.map((verdict) => verdict.outcome === 'refused' && verdict.reason);
      assert.deepEqual(new Set(reasons), new Set(['bad_signature']));
      assert.equal(await bench.attemptsStored(), stored + 300);
      assert.equal(fetches('/forged/jwks'), 1 + window);
      assertAccepted(await prove(grant(), {}, uri));
      bench.clock.move(30_000);
    }
  });
  test('K13 a key removed in an emergency is refused from the next fetch on, whatever caused it', async () => {
    const uri = publish('emergency');
    assertAccepted(await prove(grant(), {}, uri));
    page('/emergency/jwks', { keys: [next.jwk] });
    token('emergency', { id_token: idToken('emergency', {}, await signingKey({ kid: 'other' })) });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'key_unknown');
    token('emergency', { id_token: idToken('emergency') });
    await assertRefused(bench, () => prove(grant(), {}, uri), 'key_unknown');
    assert.equal(fetches('/emergency/jwks'), 2);
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

describe('T33 an ID token that the page brings (implicit flow)', () => {
  const NONCE = 'n-0S6_WzA2Mj';
  let provider: ScriptedProvider;
  let key: SigningKey;
  before(async () => {
    key = await signingKey({ kid: 'first' });
    provider = scriptedProvider(bench, key);
  });
  const bring = (idToken: string, nonce: string | undefined = NONCE): Promise<Verdict> => {
    const uri = provider.publish('implicit');
    const setting = openIdConnectSetting(uri, { implicitFlow: true });
    const proof = nonce === undefined ? { idToken } : { idToken, nonce };
    return bench.identity.proveOpenIdConnect(setting, proof, source);
  };
  const idToken = (claims: Record<string, unknown> = {}) =>
    provider.idToken('implicit', { nonce: NONCE, ...claims });
  const own = () => {
    const now = Math.floor(bench.clock.now() / 1000);
    const times = { iat: now, exp: now + 60 };
    return { iss: provider.base('implicit'), aud: CLIENT_ID, sub: 'ada', nonce: NONCE, ...times };
  };

  const refused: [module: string, reason: Reason, proof: () => Promise<Verdict>][] = [
    ['nonce-invalid', 'nonce', () => bring(idToken({ nonce: 'another' }))],
    ['nonce-unless-code-flow', 'nonce', () => bring(idToken({ nonce: undefined }))],
    ['nonce-unless-code-flow, no nonce told', 'nonce', () => bringWithoutNonce()],
    ['missing-aud', 'audience', () => bring(idToken({ aud: undefined }))],
    ['missing-iat', 'lifetime', () => bring(idToken({ iat: undefined }))],
    ['missing-sub', 'subject', () => bring(idToken({ sub: undefined }))],
    ['invalid-iss', 'issuer', () => bring(idToken({ iss: 'https://evil.example' }))],
    ['invalid-aud', 'audience', () => bring(idToken({ aud: 'another-client' }))],
    [
      'invalid-sig-hs256',
      'alg_not_allowed',
      () => bring(forge({ alg: 'HS256' }, own(), byHmac('the-client-secret-of-the-tests'))),
    ],
    [
      'invalid-sig-es256',
      'alg_not_allowed',
      () => bring(forge({ alg: 'ES256', kid: 'first' }, own(), () => Buffer.alloc(64, 1))),
    ],
    [
      'invalid-sig-rs256',
      'bad_signature',
      () => bring(forge({ alg: 'RS256', kid: 'first' }, own(), () => Buffer.alloc(256, 1))),
    ],
    [
      'idtoken-sig-none',
      'alg_not_allowed',
      () => bring(forge({ alg: 'none' }, own(), () => Buffer.alloc(0))),
    ],
    ['an encrypted ID token', 'malformed', () => bring('eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d')],
  ];
  const bringWithoutNonce = () => {
    const setting = openIdConnectSetting(provider.publish('implicit'), { implicitFlow: true });
    return bench.identity.proveOpenIdConnect(setting, { idToken: idToken() }, source);
  };
  for (const [module, reason, proof] of refused)
    test(`T33 ${module} is refused: ${reason}`, async () => {
      const remembered = await bench.usedTokensStored();
      await assertRefused(bench, proof, reason);
      assert.equal(await bench.usedTokensStored(), remembered);
    });
  test('T26 a nonce counts once, on every node: nonce', async () => {
    const token = idToken({ nonce: 'once-and-only-once' });
    assertAccepted(await bring(token, 'once-and-only-once'));
    await assertRefused(bench, () => bring(token, 'once-and-only-once'), 'nonce');
    const setting = openIdConnectSetting(provider.publish('implicit'), { implicitFlow: true });
    const proof = { idToken: token, nonce: 'once-and-only-once' };
    const elsewhere = () => bench.secondNode.proveOpenIdConnect(setting, proof, source);
    await assertRefused(bench, elsewhere, 'nonce');
    const another = idToken({ nonce: 'once-and-only-once', sub: 'grace' });
    await assertRefused(bench, () => bring(another, 'once-and-only-once'), 'nonce');
  });
  test('T33 c_hash and at_hash without a code and an access token are nothing to compare', async () => {
    const nonce = 'with-hashes';
    assertAccepted(await bring(idToken({ nonce, at_hash: 'AAAA', c_hash: 'AAAA' }), nonce));
  });
});

test('K12 a provider that hangs is refused within the limit: provider_unavailable', async () => {
  bench.site.respondWith(() => ({ kind: 'hang' }));
  const uri = `${bench.site.url}/hanging/.well-known/openid-configuration`;
  const grant = { code: 'c', redirectUri: REDIRECT_URI, nonce: 'n-0S6_WzA2Mj' };
  const attempt = await assertRefused(bench, () => prove(grant, {}, uri), 'provider_unavailable');
  assert.match(attempt.hint ?? '', /in time|did not answer/);
});

test('K12 a provider that is slow at every step has five seconds in all', async () => {
  const key = await signingKey({ kid: 'first' });
  const provider = scriptedProvider(bench, key);
  const uri = provider.publish('slow');
  const metadata = String(bench.pages.get('/slow/.well-known/openid-configuration'));
  const answer = JSON.stringify({ id_token: provider.idToken('slow') });
  bench.site.respondWith(({ path }) => {
    if (path.endsWith('/token')) return { kind: 'slow', body: answer, everyMs: 2 };
    if (path.endsWith('/jwks')) return { kind: 'hang' };
    return { kind: 'body', body: metadata, headers: { 'content-type': 'application/json' } };
  });
  const grant = { code: 'c', redirectUri: REDIRECT_URI, codeVerifier: pkce().codeVerifier };
  const started = performance.now();
  const reasons: Reason[] = ['keys_unavailable', 'provider_unavailable'];
  await assertRefused(bench, () => prove(grant, {}, uri), reasons);
  assert.ok(performance.now() - started < 6_000, 'not five seconds for each');
});

test('no code, secret or token of any of the above is stored', async () => {
  const text = await bench.storedText();
  for (const secret of ['the-client-secret-of-the-tests', CODE, 'eyJ'])
    assert.ok(!text.includes(secret), secret.slice(0, 3));
});
