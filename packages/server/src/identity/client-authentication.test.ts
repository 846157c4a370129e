/** How the client proves itself at the token endpoint. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { pkce, signingKey } from '@countersign/simulators';
import { createLocalJWKSet, exportJWK, jwtVerify } from 'jose';
import type { OpenIdConnectSetting, Verdict } from './index.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  source,
} from './testing/identity-under-test.ts';
import { CLIENT_ID, type ScriptedProvider, scriptedProvider } from './testing/scripted-provider.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

let bench: IdentityUnderTest;
let provider: ScriptedProvider;

before(async () => {
  bench = await identityUnderTest();
  provider = scriptedProvider(bench, await signingKey({ kid: 'first' }));
});
after(() => bench.close());

const methods = (...taken: string[]) => ({ token_endpoint_auth_methods_supported: taken });
const prove = (uri: string, changes: Partial<OpenIdConnectSetting>): Promise<Verdict> =>
  bench.identity.proveOpenIdConnect(
    openIdConnectSetting(uri, changes),
    { code: 'SplxlOBeZQQYbYS6WxSbIA', redirectUri: 'https://shop.example/cb', ...pkce() },
    source,
  );

describe('client_secret_basic', () => {
  const special: [what: string, clientId: string, clientSecret: string][] = [
    ['a colon', 'client:1', 'sec:ret'],
    ['a percent sign', 'client%3A', '100%25 sure'],
    ['spaces', 'the client', 'the secret'],
    ['plus and ampersand', 'a+b&c', 'x=y&z+1'],
    ['letters beyond ASCII', 'café', 'schlüssel-é-ключ-鍵'],
    ['what is reserved', "-._~!*'()", "!*'()/?#[]@$,;"],
  ];
  for (const [what, clientId, clientSecret] of special)
    test(`encodes ${what} as a form does (RFC 6749 §2.3.1)`, async () => {
      const uri = provider.publish('basic');
      provider.token('basic', { id_token: provider.idToken('basic', { aud: clientId }) });
      assertAccepted(await prove(uri, { clientId, clientSecret }));
      const { authorization = '', form } = provider.lastRequest('/basic/token');
      const sent = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString('latin1');
      const parts = sent.split(':');
      assert.equal(parts.length, 2, 'one colon, between the two');
      // As a provider reads application/x-www-form-urlencoded.
      const read = parts.map((part) => new URLSearchParams(`v=${part}`).get('v'));
      assert.deepEqual(read, [clientId, clientSecret]);
      assert.equal(form.get('client_secret'), null);
      assert.ok(!(await bench.storedText()).includes(clientSecret));
    });
});

describe('auto', () => {
  const secret = { clientSecret: 'the-client-secret-of-the-tests' };
  const key = { privateKey: PEM, clientSecret: null };
  const both = { privateKey: PEM, clientSecret: 'the-client-secret-of-the-tests' };
  const cases: [what: string, metadata: object, has: object, sent: string][] = [
    ['nothing announced, a secret', {}, secret, 'basic'],
    [
      'basic and post, a secret',
      methods('client_secret_post', 'client_secret_basic'),
      secret,
      'basic',
    ],
    ['post, a secret', methods('client_secret_post'), secret, 'post'],
    ['something else, a secret', methods('tls_client_auth'), secret, 'basic'],
    ['nothing announced, a key', {}, key, 'assertion'],
    ['private_key_jwt, both', methods('client_secret_basic', 'private_key_jwt'), both, 'assertion'],
    ['post, both', methods('client_secret_post'), both, 'post'],
    ['neither', {}, { clientSecret: null }, 'none'],
  ];
  for (const [what, metadata, has, sent] of cases)
    test(`${what}: ${sent}`, async () => {
      const uri = provider.publish('auto', { ...metadata });
      bench.clock.move(11 * 60_000);
      provider.token('auto', { id_token: provider.idToken('auto') });
      assertAccepted(await prove(uri, has));
      const { authorization, form } = provider.lastRequest('/auto/token');
      assert.equal(authorization?.startsWith('Basic ') ?? false, sent === 'basic');
      assert.equal(form.has('client_secret'), sent === 'post');
      assert.equal(form.has('client_assertion'), sent === 'assertion');
      if (sent !== 'basic') assert.equal(form.get('client_id'), CLIENT_ID);
    });
  test('a method that the setting names is used whatever is announced', async () => {
    const uri = provider.publish('named', methods('client_secret_basic'));
    assertAccepted(await prove(uri, { clientAuthentication: 'client_secret_post' }));
    assert.ok(provider.lastRequest('/named/token').form.has('client_secret'));
  });
});

describe('private_key_jwt', () => {
  const keyed = {
    clientAuthentication: 'private_key_jwt' as const,
    privateKey: PEM,
    privateKeyId: '2026-q4',
    clientSecret: null,
  };
  test('signs an assertion for this issuer, for one minute, new each time', async () => {
    const uri = provider.publish('keyed');
    const jwks = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: '2026-q4' }] });
    const ids = new Set<unknown>();
    for (let time = 0; time < 2; time++) {
      assertAccepted(await prove(uri, keyed));
      const { form } = provider.lastRequest('/keyed/token');
      assert.equal(
        form.get('client_assertion_type'),
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      );
      const { payload, protectedHeader } = await jwtVerify(
        form.get('client_assertion') ?? '',
        jwks,
        {
          algorithms: ['RS256'],
          audience: provider.base('keyed'),
          currentDate: new Date(bench.clock.now()),
        },
      );
      assert.equal(protectedHeader.kid, '2026-q4');
      assert.equal(payload.iss, CLIENT_ID);
      assert.equal(payload.sub, CLIENT_ID);
      assert.equal(Number(payload.exp) - Number(payload.iat), 60);
      ids.add(payload.jti);
    }
    assert.equal(ids.size, 2);
  });
  const broken: [what: string, changes: Partial<OpenIdConnectSetting>, hint: RegExp][] = [
    ['no key', { privateKey: null }, /is private_key_jwt and there is no `privateKey`/],
    ['no PEM', { privateKey: 'c2VjcmV0' }, /must begin with the line -----BEGIN PRIVATE KEY/],
    [
      'a key that lost a character',
      { privateKey: PEM.replace(/(\n.{20})./, '$1') },
      /the PEM cannot be parsed; a character or a line is missing/,
    ],
    [
      'a method with a secret that is not there',
      { clientAuthentication: 'client_secret_post' },
      /is client_secret_post and there is no `clientSecret`/,
    ],
  ];
  for (const [what, changes, hint] of broken)
    test(`with ${what} nothing is sent, and the hint says so`, async () => {
      const uri = provider.publish('broken');
      const attempt = await assertRefused(
        bench,
        () => prove(uri, { ...keyed, ...changes }),
        'code_refused',
      );
      assert.match(attempt.hint ?? '', hint);
      assert.equal(provider.fetches('/broken/token'), 0);
    });
});

test('no key, assertion or secret of any of the above is stored', async () => {
  const text = await bench.storedText();
  for (const secret of ['the-client-secret-of-the-tests', 'eyJ', 'PRIVATE KEY-----\\n', 'MIIE'])
    assert.ok(!text.includes(secret), secret);
});
