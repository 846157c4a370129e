/** Sign-ins at a real provider. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type IdentityProvider,
  pkce,
  signInAt,
  startIdentityProvider,
} from '@countersign/simulators';
import type { CodeGrant, OpenIdConnectSetting, Verdict } from './index.ts';
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

const prove = (grant: CodeGrant, changes: Partial<OpenIdConnectSetting> = {}): Promise<Verdict> => {
  const setting = openIdConnectSetting(provider.discoveryUri, changes);
  return bench.identity.proveOpenIdConnect(setting, grant, source);
};

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

test('no code, secret or token of any of the above is stored', async () => {
  const text = await bench.storedText();
  for (const secret of [CLIENT_SECRET, NONCE, 'eyJ'])
    assert.ok(!text.includes(secret), secret.slice(0, 3));
});
