/** Claims of the userinfo endpoint: row T31 and the relying-party modules that use it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type IdentityProvider,
  type KeyServer,
  pkce,
  type SigningKey,
  signInAt,
  signingKey,
  startIdentityProvider,
  startKeyServer,
} from '@countersign/simulators';
import type { OpenIdConnectSetting, Reason, Verdict } from './index.ts';
import { byHmac, forge, unsigned } from './testing/forged-token.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  source,
} from './testing/identity-under-test.ts';
import { CLIENT_ID, type ScriptedProvider, scriptedProvider } from './testing/scripted-provider.ts';

const ACCESS_TOKEN = 'the-access-token-of-the-tests';
const REDIRECT_URI = 'https://shop.example/callback';

let certified: IdentityProvider;
let canary: KeyServer;
let bench: IdentityUnderTest;
let key: SigningKey;
let provider: ScriptedProvider;

before(async () => {
  canary = await startKeyServer({ respond: () => ({ kind: 'body', body: '{}' }) });
  const clientSecret = 'the-client-secret-of-the-tests';
  const client = { clientId: CLIENT_ID, clientSecret, redirectUris: [REDIRECT_URI] };
  certified = await startIdentityProvider({ clients: [client] });
  bench = await identityUnderTest({
    alsoAllow: [`127.0.0.1:${certified.port}`, `127.0.0.1:${canary.port}`],
  });
  key = await signingKey({ kid: 'first' });
  provider = scriptedProvider(bench, key);
});
after(async () => {
  await bench.close();
  await certified.close();
  await canary.close();
});

const prove = (uri: string, changes: Partial<OpenIdConnectSetting> = {}): Promise<Verdict> =>
  bench.identity.proveOpenIdConnect(
    openIdConnectSetting(uri, { userInfo: true, contextClaims: ['tier', 'vip'], ...changes }),
    { code: 'SplxlOBeZQQYbYS6WxSbIA', redirectUri: REDIRECT_URI, ...pkce() },
    source,
  );

/** A provider with a userinfo endpoint, an ID token of `claims`, and what that endpoint answers. */
function publish(name: string, answer: unknown, claims: Record<string, unknown> = {}): string {
  const uri = provider.publish(name, { userinfo_endpoint: `${provider.base(name)}/userinfo` });
  provider.token(name, {
    id_token: provider.idToken(name, claims),
    access_token: ACCESS_TOKEN,
    expires_in: 600,
  });
  provider.page(`/${name}/userinfo`, answer);
  return uri;
}
const signed = (name: string, body: string): void =>
  provider.answer(`/${name}/userinfo`, { body, headers: { 'content-type': 'application/jwt' } });

test('the certified provider is asked, and speaks of the same person', async () => {
  const { codeVerifier, codeChallenge } = pkce();
  const request = { clientId: CLIENT_ID, redirectUri: REDIRECT_URI, codeChallenge };
  const { code, iss } = await signInAt(certified, request);
  const setting = openIdConnectSetting(certified.discoveryUri, { userInfo: true });
  const grant = { code, iss, redirectUri: REDIRECT_URI, codeVerifier };
  const { identity, checks } = assertAccepted(
    await bench.identity.proveOpenIdConnect(setting, grant, source),
  );
  assert.equal(identity.email, certified.people[0]?.email);
  assert.ok(checks.some(({ name, passed }) => name === 'userinfo sub' && passed));
});

describe('userinfo', () => {
  test('T33 userinfo-bearer-header: it is asked with the access token, and completes the ID token', async () => {
    const uri = publish(
      'complete',
      {
        sub: 'ada',
        name: 'Wrong Name',
        email: 'ada@fjell.example',
        locale: 'nb',
        tier: 'gold',
        vip: 1,
      },
      { name: 'Ada Ng', tier: 'silver' },
    );
    const { identity, checks } = assertAccepted(await prove(uri));
    assert.equal(identity.name, 'Ada Ng', "the ID token's own wins");
    assert.equal(identity.email, 'ada@fjell.example');
    assert.equal(identity.locale, 'nb');
    assert.deepEqual(identity.facts, { tier: 'silver', vip: 1 });
    const { authorization } = provider.lastRequest('/complete/userinfo');
    assert.equal(authorization, `Bearer ${ACCESS_TOKEN}`);
    assert.ok(checks.some(({ name, passed }) => name === 'userinfo sub' && passed));
  });
  test('is not asked when the setting does not say so', async () => {
    const uri = publish('quiet', { sub: 'ada', email: 'ada@fjell.example' });
    const { identity } = assertAccepted(await prove(uri, { userInfo: false }));
    assert.equal(identity.email, null);
    assert.equal(provider.fetches('/quiet/userinfo'), 0);
  });
  test('T33 userinfo-signed: a JWT by the keys of the provider is read', async () => {
    const uri = publish('signed', '');
    const claims = { sub: 'ada', email: 'ada@fjell.example' };
    for (const origin of [{}, { iss: provider.base('signed'), aud: CLIENT_ID }]) {
      const jwt = provider.idToken('signed', {
        iss: undefined,
        aud: undefined,
        ...claims,
        ...origin,
      });
      signed('signed', jwt);
      assert.equal(assertAccepted(await prove(uri)).identity.email, 'ada@fjell.example');
    }
  });
  test('T33 aggregated and distributed claims are passed over, and nobody is asked for them', async () => {
    const sources = {
      _claim_names: { tier: 'elsewhere', vip: 'here' },
      _claim_sources: {
        elsewhere: { endpoint: canary.url, access_token: 'x' },
        here: { JWT: provider.idToken('aggregating', { vip: true }) },
      },
    };
    const uri = publish('aggregating', { sub: 'ada', ...sources }, sources);
    const { identity } = assertAccepted(await prove(uri));
    assert.deepEqual(identity.facts, {});
    assert.equal(canary.connections, 0);
  });
});

describe('T31 userinfo of another person', () => {
  const others: [what: string, answer: Record<string, unknown>][] = [
    ['another sub', { sub: 'grace', email: 'grace@fjell.example' }],
    ['no sub', { email: 'grace@fjell.example' }],
    ['a sub that is a list', { sub: ['ada'] }],
    ['a sub in another case', { sub: 'Ada' }],
  ];
  for (const [what, answer] of others) {
    test(`T31 ${what} is refused: userinfo`, async () => {
      const uri = publish('other', answer);
      const attempt = await assertRefused(bench, () => prove(uri), 'userinfo');
      assert.equal(attempt.subject, 'ada');
      assert.ok(!(await bench.storedText()).includes('grace@fjell.example'));
    });
    test(`T31 ${what}, signed, is refused: userinfo`, async () => {
      const uri = publish('other', '');
      signed('other', provider.idToken('other', { sub: undefined, ...answer }));
      await assertRefused(bench, () => prove(uri), 'userinfo');
    });
  }
});

describe('signed userinfo that is not the provider’s', () => {
  const wrong: [what: string, jwt: () => Promise<string> | string, hint: RegExp][] = [
    ['another issuer', () => provider.idToken('wrong', { iss: 'https://evil.example' }), /`iss`/],
    ['another client', () => provider.idToken('wrong', { aud: 'other-client' }), /`aud`/],
    [
      'another key',
      async () => provider.idToken('wrong', {}, await signingKey({ kid: 'first' })),
      /signature was not made by/,
    ],
    ['alg none', () => forge({ alg: 'none' }, { sub: 'ada' }, unsigned), /`alg` is none/],
    ['HS256', () => forge({ alg: 'HS256' }, { sub: 'ada' }, byHmac('secret')), /`alg` is HS256/],
    ['a JWE', () => 'a.b.c.d.e', /encrypted/],
  ];
  for (const [what, jwt, hint] of wrong)
    test(`of ${what} is refused: userinfo`, async () => {
      const uri = publish('wrong', '');
      signed('wrong', await jwt());
      const attempt = await assertRefused(bench, () => prove(uri), 'userinfo');
      assert.match(attempt.hint ?? '', hint);
    });
});

describe('a userinfo endpoint that does not answer', () => {
  const failures: [what: string, reason: Reason, hint: RegExp, uri: () => string][] = [
    [
      'with 401',
      'provider_unavailable',
      /HTTP 401/,
      () => {
        const uri = publish('failing', '');
        provider.answer('/failing/userinfo', { status: 401, body: '{}' });
        return uri;
      },
    ],
    ['with garbage', 'provider_unavailable', /not JSON/, () => publish('garbled', '<html>')],
    [
      'with more than is read',
      'provider_unavailable',
      /more than 65536 bytes/,
      () => publish('huge', `{"sub":"ada","x":"${'x'.repeat(70_000)}"}`),
    ],
    [
      'since there is none',
      'provider_unavailable',
      /switch `userInfo` off/,
      () => provider.publish('without'),
    ],
    [
      'since there is no access token',
      'provider_unavailable',
      /no access token/,
      () => {
        const uri = publish('tokenless', { sub: 'ada' });
        provider.token('tokenless', { id_token: provider.idToken('tokenless') });
        return uri;
      },
    ],
  ];
  for (const [what, reason, hint, uri] of failures)
    test(`K12 ${what} is refused: ${reason}`, async () => {
      const attempt = await assertRefused(bench, () => prove(uri()), reason);
      assert.match(attempt.hint ?? '', hint);
    });
});

test('no access token or claim of any of the above is stored', async () => {
  const text = await bench.storedText();
  for (const secret of [ACCESS_TOKEN, 'eyJ', 'ada@fjell.example'])
    assert.ok(!text.includes(secret), secret.slice(0, 4));
});
