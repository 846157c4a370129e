/** Row T30: where a discovery document may send us. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type KeyServer, pkce, signingKey, startKeyServer } from '@countersign/simulators';
import type { OpenIdConnectSetting, Verdict } from './index.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  source,
} from './testing/identity-under-test.ts';
import { type ScriptedProvider, scriptedProvider } from './testing/scripted-provider.ts';

let bench: IdentityUnderTest;
let provider: ScriptedProvider;
/** Another host, which hears whether anything was even tried. */
let elsewhere: KeyServer;

before(async () => {
  elsewhere = await startKeyServer({
    host: '127.0.0.2',
    respond: ({ path }) => ({ kind: 'body', body: String(bench.pages.get(path) ?? '') }),
  });
  bench = await identityUnderTest({ alsoAllow: [`127.0.0.2:${elsewhere.port}`] });
  provider = scriptedProvider(bench, await signingKey({ kid: 'first' }));
});
after(async () => {
  await bench.close();
  await elsewhere.close();
});

const prove = (uri: string, changes: Partial<OpenIdConnectSetting> = {}): Promise<Verdict> =>
  bench.identity.proveOpenIdConnect(
    openIdConnectSetting(uri, changes),
    { code: 'SplxlOBeZQQYbYS6WxSbIA', redirectUri: 'https://shop.example/cb', ...pkce() },
    source,
  );

const endpoints: [name: string, path: string, changes: Partial<OpenIdConnectSetting>][] = [
  ['jwks_uri', 'jwks', {}],
  ['token_endpoint', 'token', {}],
  ['userinfo_endpoint', 'userinfo', { userInfo: true }],
];

describe('T30 an endpoint on another host', () => {
  for (const [name, path, changes] of endpoints) {
    test(`T30 ${name} that the setting does not list is refused without a connection`, async () => {
      const uri = provider.publish('foreign', { [name]: `${elsewhere.url}/foreign/${path}` });
      bench.clock.move(11 * 60_000);
      const before = elsewhere.connections;
      const tokens = provider.fetches('/foreign/token');
      const attempt = await assertRefused(bench, () => prove(uri, changes), 'issuer');
      assert.match(attempt.hint ?? '', new RegExp(`${name} on 127.0.0.2.* \`providerHosts\``));
      assert.equal(elsewhere.connections, before);
      assert.equal(provider.fetches('/foreign/token'), tokens, 'the code was not sent');
    });
    test(`T30 ${name} that the setting lists is used`, async () => {
      const host = `listed-${path}`;
      const uri = provider.publish(host, { [name]: `${elsewhere.url}/${host}/${path}` });
      provider.page(`/${host}/userinfo`, { sub: 'ada' });
      const before = elsewhere.hits.length;
      assertAccepted(await prove(uri, { ...changes, providerHosts: ['127.0.0.2'] }));
      assert.equal(elsewhere.hits.length, before + 1);
    });
  }
  test('T30 a userinfo_endpoint elsewhere does not matter while it is not used', async () => {
    const uri = provider.publish('unused', { userinfo_endpoint: `${elsewhere.url}/userinfo` });
    assertAccepted(await prove(uri));
  });
  test('T30 the metadata is shared by settings, the list is not', async () => {
    const uri = provider.publish('shared', { jwks_uri: `${elsewhere.url}/shared/jwks` });
    assertAccepted(await prove(uri, { providerHosts: ['127.0.0.2'] }));
    await assertRefused(bench, () => prove(uri), 'issuer');
    assert.equal(provider.fetches('/shared/.well-known/openid-configuration'), 1);
  });
  test('T30 mTLS aliases are passed over', async () => {
    const uri = provider.publish('mtls', {
      mtls_endpoint_aliases: { token_endpoint: `${elsewhere.url}/mtls/token` },
    });
    const before = elsewhere.connections;
    assertAccepted(await prove(uri));
    assert.equal(elsewhere.connections, before);
  });
});

describe('T30 an endpoint that is listed and still not for us', () => {
  const hostile: [what: string, host: string, jwksUri: string][] = [
    ['a link-local address', '169.254.169.254', 'https://169.254.169.254/keys'],
    ['a loopback address in hexadecimal', '127.0.0.1', 'https://0x7f.1/keys'],
    ['http', 'keys.example', 'http://keys.example/keys'],
    ['a user in the URL', 'keys.example', 'https://user@keys.example/keys'],
  ];
  for (const [what, host, jwksUri] of hostile)
    test(`T30 jwks_uri with ${what} is refused: keys_unavailable`, async () => {
      const uri = provider.publish('hostile', { jwks_uri: jwksUri });
      bench.clock.move(11 * 60_000);
      await assertRefused(bench, () => prove(uri, { providerHosts: [host] }), 'keys_unavailable');
    });
  test('T30 a jwks_uri that redirects is refused, and the redirect is not followed', async () => {
    elsewhere.respondWith(() => ({ kind: 'redirect', to: `${bench.site.url}/redirecting/keys` }));
    const uri = provider.publish('redirecting', { jwks_uri: `${elsewhere.url}/jwks` });
    const attempt = await assertRefused(
      bench,
      () => prove(uri, { providerHosts: ['127.0.0.2'] }),
      'keys_unavailable',
    );
    assert.match(attempt.hint ?? '', /redirects elsewhere, which is not followed/);
    assert.equal(provider.fetches('/redirecting/keys'), 0);
  });
});
