import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type SigningKey, signingKey } from '@countersign/simulators';
import {
  type AppleEvidence,
  type AppleOauthSetting,
  newEncryptionKey,
  type Reason,
  type Verdict,
} from '../index.ts';
import { appleSetting, encryptForRequest } from '../testing/apple-evidence.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
} from '../testing/identity-under-test.ts';
import { type ScriptedProvider, scriptedProvider } from '../testing/scripted-provider.ts';

const source = { deploymentId: '6c0c2e0e-0000-4000-8000-000000000009', channel: 'apple' };
const TOKEN = 'opaque-access-token-4711';
const CODE = 'code-of-the-sign-in-4712';
const SECRETS = [TOKEN, CODE, 'the-apple-secret', 'Ada Ng', 'ada@shop.example', 'verifier-'];
const PROFILE = {
  sub: 'u-1007',
  name: 'Ada Ng',
  email: 'ada@shop.example',
  email_verified: true,
  tier: 'gold',
  points: 120,
  address: { street: 'Ada Ng Road' },
  nothing: null,
};
const REDIRECT = 'https://chat.example/channels/apple/oauth/callback';

let bench: IdentityUnderTest;
let provider: ScriptedProvider;
let key: SigningKey;
before(async () => {
  bench = await identityUnderTest();
  key = await signingKey({ kid: 'apple-1' });
  provider = scriptedProvider(bench, key);
});
after(() => bench.close());

const url = () => `${bench.site.url}/idp`;
const setting = (changes: Partial<AppleOauthSetting> = {}) => appleSetting(url(), changes);
const codeOf = (more: Partial<AppleEvidence & { version: 2 }> = {}): AppleEvidence => ({
  version: 2,
  code: CODE,
  redirectUri: REDIRECT,
  codeVerifier: `verifier-${'v'.repeat(40)}`,
  nonce: 'nonce-1',
  ...more,
});

function publish(profile: unknown = PROFILE, token: unknown = { access_token: TOKEN }): void {
  provider.page('/idp/token', token);
  provider.page('/idp/me', profile);
}

const prove = (evidence: AppleEvidence, changes?: Partial<AppleOauthSetting>): Promise<Verdict> =>
  bench.identity.proveApple(setting(changes), evidence, source);

/** Refused for this reason, with one record that holds no secret. */
async function refused(
  reason: Reason,
  evidence: AppleEvidence,
  changes?: Partial<AppleOauthSetting>,
) {
  const attempt = await assertRefused(bench, () => prove(evidence, changes), reason);
  const stored = await bench.storedText();
  for (const secret of SECRETS) assert.ok(!stored.includes(secret), `${secret} is not stored`);
  return attempt;
}

test('[AMB 7.5] a decrypted token is looked up and becomes a proven identity; nothing secret is kept', async () => {
  publish();
  const { scalar, publicKey } = newEncryptionKey();
  const encryptedToken = encryptForRequest(TOKEN, publicKey);
  const verdict = assertAccepted(await prove({ version: 1, encryptedToken, scalar }));
  const { identity, checks, reference } = verdict;
  assert.deepEqual(
    checks.map(({ name, passed }) => [name, passed]),
    [
      ['encrypted token', true],
      ['profile', true],
      ['subject', true],
      ['profile claims', true],
    ],
  );
  const { method, issuer, subject, name, email, facts, since, reproveAt } = identity;
  assert.deepEqual(
    { method, issuer, subject, name, email, facts },
    {
      method: 'apple-oauth',
      issuer: bench.site.url,
      subject: 'u-1007',
      name: 'Ada Ng',
      email: 'ada@shop.example',
      facts: {
        sub: 'u-1007',
        name: 'Ada Ng',
        email: 'ada@shop.example',
        email_verified: true,
        tier: 'gold',
        points: 120,
      },
    },
  );
  assert.equal(reproveAt, since + 3_600_000);
  assert.equal(provider.lastRequest('/idp/me').authorization, `Bearer ${TOKEN}`);
  const [attempt] = (await bench.identity.attempts({ reference, limit: 1 })).items;
  assert.deepEqual([attempt?.channel, attempt?.issuer], ['apple', bench.site.url]);
  const claim = attempt?.claims.find((one) => one.name === 'email');
  assert.deepEqual(claim, { name: 'email', shown: 'text, 16 characters', redacted: true });
  const stored = await bench.storedText();
  for (const secret of SECRETS) assert.ok(!stored.includes(secret), `${secret} is not stored`);
});

test('[AMB 8] a token for another request is refused, and no URL is asked', async () => {
  publish();
  const { publicKey } = newEncryptionKey();
  const encryptedToken = encryptForRequest(TOKEN, publicKey);
  const before = provider.fetches('/idp/me');
  const { scalar } = newEncryptionKey();
  const { checks } = await refused('token_undecryptable', { version: 1, encryptedToken, scalar });
  assert.equal(checks.at(-1)?.observed, 'the tag does not fit');
  assert.equal(provider.fetches('/idp/me'), before);
});

test('[AMB 10] a token that no header can carry is not sent', async () => {
  publish();
  const { scalar, publicKey } = newEncryptionKey();
  const before = provider.fetches('/idp/me');
  const encryptedToken = encryptForRequest(`${TOKEN}\r\nx-evil: 1`, publicKey);
  await refused('profile_lookup_failed', { version: 1, encryptedToken, scalar });
  assert.equal(provider.fetches('/idp/me'), before);
});

test('[AMB 9.4] a code is redeemed with its verifier, address and client, then looked up', async () => {
  publish();
  assertAccepted(await prove(codeOf()));
  const { form, authorization } = provider.lastRequest('/idp/token');
  assert.deepEqual(Object.fromEntries(form), {
    grant_type: 'authorization_code',
    code: CODE,
    redirect_uri: REDIRECT,
    client_id: 'countersign-apple',
    client_secret: 'the-apple-secret-of-the-tests',
    code_verifier: `verifier-${'v'.repeat(40)}`,
  });
  assert.equal(authorization, undefined);
  const basic = { clientAuthentication: 'client_secret_basic', clientSecret: 'a b:c' } as const;
  assertAccepted(await prove(codeOf({ codeVerifier: null }), basic));
  const second = provider.lastRequest('/idp/token');
  assert.equal(second.authorization, `Basic ${btoa('countersign-apple:a+b%3Ac')}`);
  assert.deepEqual(
    [second.form.has('client_secret'), second.form.has('code_verifier')],
    [false, false],
  );
});

test('[AMB 9.4] an exchange that fails is refused with status and standard error alone', async () => {
  const cases: [number, unknown, string][] = [
    [400, { error: 'invalid_grant', error_description: CODE }, 'HTTP 400, invalid_grant'],
    [401, { error: 'invalid_client' }, 'HTTP 401, invalid_client'],
    [400, { error: CODE }, 'HTTP 400'],
    [500, 'the code was code-of-the-sign-in-4712', 'HTTP 500'],
    [200, '<html>sign in</html>', 'no JSON object'],
    [200, { token: TOKEN }, 'no access_token'],
    [200, { access_token: '' }, 'no access_token'],
    [200, { access_token: TOKEN, token_type: 'mac' }, 'another token_type'],
    [200, `{"access_token":"${TOKEN}","padding":"${'x'.repeat(70_000)}"}`, 'more than 65536'],
  ];
  for (const [status, body, observed] of cases) {
    publish();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    provider.answer('/idp/token', { body: text, status });
    const { checks } = await refused('token_exchange_failed', codeOf());
    assert.ok(
      checks.at(-1)?.observed?.includes(observed),
      `${observed}: ${checks.at(-1)?.observed}`,
    );
  }
});

test('[AMB 9.4] a redirect of the token URL is not followed, and a private address not asked', async () => {
  publish();
  provider.answer('/idp/token', { body: '', status: 302, headers: { location: `${url()}/me` } });
  await refused('token_exchange_failed', codeOf());
  const inside = { accessTokenUrl: 'https://169.254.169.254/token' };
  const { checks } = await refused('token_exchange_failed', codeOf(), inside);
  assert.equal(checks.length, 1);
});

test('[AMB 10] a profile that cannot be had is refused with its status alone', async () => {
  const cases: [number, string, string][] = [
    [401, '{"sub":"u-1007","name":"Ada Ng"}', 'HTTP 401'],
    [500, 'Ada Ng', 'HTTP 500'],
    [204, '', 'HTTP 204'],
    [200, 'Ada Ng', 'not JSON'],
    [200, '["Ada Ng"]', 'not a JSON object'],
    [200, '{"sub":"u-1","sub":"u-2"}', 'a member twice'],
    [200, `{"sub":"u-1","more":"${'x'.repeat(263_000)}"}`, 'more than 262144'],
    [302, '', 'redirects elsewhere'],
  ];
  for (const [status, body, observed] of cases) {
    publish();
    const headers = { location: '/elsewhere' };
    provider.answer('/idp/me', { body, status, ...(status === 302 ? { headers } : {}) });
    const { checks } = await refused('profile_lookup_failed', codeOf());
    assert.ok(
      checks.at(-1)?.observed?.includes(observed),
      `${observed}: ${checks.at(-1)?.observed}`,
    );
  }
});

test('[AMB 10] the subject is the first claim that is there, a text or a whole number', async () => {
  const accepted: [unknown, string, string[]?][] = [
    [{ sub: 'a', id: 'b' }, 'a'],
    [{ id: 'b' }, 'b'],
    [{ id: 42 }, '42'],
    [{ customer: 'c', sub: 'a' }, 'c', ['customer']],
  ];
  for (const [profile, subject, subjectClaims] of accepted) {
    publish(profile);
    const changes = subjectClaims ? { subjectClaims } : {};
    assert.equal(assertAccepted(await prove(codeOf(), changes)).identity.subject, subject);
  }
  const refusals: string[] = [
    '{"name":"Ada Ng"}',
    '{"sub":"","id":"b"}',
    '{"sub":null,"id":"b"}',
    '{"sub":{"name":"Ada Ng"}}',
    '{"id":9007199254740993}',
    '{"id":1.5}',
    '{"id":true}',
    '{"sub":"a\\u200bb"}',
    `{"sub":"${'s'.repeat(256)}"}`,
  ];
  for (const profile of refusals) {
    publish(profile);
    await refused('subject', codeOf());
  }
});

test('[AMB 10] an e-mail address that the provider has not verified is nobody’s', async () => {
  publish({ ...PROFILE, email_verified: false });
  assert.equal(assertAccepted(await prove(codeOf())).identity.email, null);
});

test('[AMB 10] scalar claims become facts, size-limited; what does not fit is named', async () => {
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`claim${n}`, n]));
  publish({ sub: 'u-1', long: 'x'.repeat(4001), list: [1], ...many });
  const { identity, checks } = assertAccepted(await prove(codeOf()));
  assert.equal(Object.keys(identity.facts).length, 100);
  assert.ok(!('long' in identity.facts) && !('list' in identity.facts));
  const note = checks.find(({ name }) => name === 'profile claims');
  assert.equal(note?.passed, false);
  assert.match(note?.observed ?? '', /used: 100; not used: long \(4001 characters\)/);
});

test('[AMB 9.4] an ID token is verified where the setting has its keys: issuer, audience, nonce, same person', async () => {
  provider.page('/idp/jwks', { keys: [key.jwk] });
  const keys = { issuer: url(), keysUrl: `${url()}/jwks` };
  const claims = { aud: 'countersign-apple', sub: 'u-1007', nonce: 'nonce-1' };
  const answer = (changes: object) => ({
    access_token: TOKEN,
    id_token: provider.idToken('idp', { ...claims, ...changes }),
  });
  publish(PROFILE, answer({}));
  const { identity } = assertAccepted(await prove(codeOf(), keys));
  assert.deepEqual([identity.issuer, identity.keyId], [url(), 'apple-1']);
  const cases: [object, Reason][] = [
    [{ iss: 'https://other.example' }, 'issuer'],
    [{ aud: 'another-client' }, 'audience'],
    [{ nonce: 'nonce-2' }, 'nonce'],
    [{ nonce: undefined }, 'nonce'],
    [{ exp: 1 }, 'expired'],
    [{ sub: 'u-1008' }, 'userinfo'],
  ];
  for (const [changes, reason] of cases) {
    publish(PROFILE, answer(changes));
    await refused(reason, codeOf(), keys);
  }
  const other = await signingKey({ kid: 'apple-1' });
  publish(PROFILE, { access_token: TOKEN, id_token: provider.idToken('idp', claims, other) });
  await refused('bad_signature', codeOf(), keys);
});

test('[AMB 9.4] an answer of another issuer is not redeemed (RFC 9207)', async () => {
  publish();
  const before = provider.fetches('/idp/token');
  const keys = { issuer: url(), keysUrl: `${url()}/jwks` };
  await refused('issuer', codeOf({ iss: 'https://evil.example' }), keys);
  assert.equal(provider.fetches('/idp/token'), before);
});

test('[AMB 13] a sign-in without a proof is recorded with its reason', async () => {
  for (const reason of ['unmatched_reply', 'unconfirmed_by_device', 'device_failed'] as const) {
    const told = { reason, observed: 'what was seen' };
    const attempt = await assertRefused(
      bench,
      () => bench.identity.refuseApple(null, told, source),
      reason,
    );
    assert.deepEqual([attempt.settingId, attempt.checks.at(-1)?.observed], [null, 'what was seen']);
  }
});
