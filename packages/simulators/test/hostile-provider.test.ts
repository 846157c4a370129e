import assert from 'node:assert/strict';
import { createServer, get } from 'node:https';
import { after, before, suite, test } from 'node:test';
import * as openid from 'openid-client';
import {
  authorizeAt,
  type HostileIssuer,
  type HostileProvider,
  moduleNames,
  modules,
  pkce,
  selfSignedCertificate,
  startHostileProvider,
  startKeyServer,
} from '../src/index.ts';

const CLIENT = { clientId: 'countersign', clientSecret: 'a secret: of/the+sample world' };
const REDIRECT_URI = 'http://127.0.0.1:4000/account/code';
const NONCE = 'n-0S6_WzA2Mj';

suite('the hostile provider, seen by an independent relying party', () => {
  let provider: HostileProvider;
  before(async () => {
    provider = await startHostileProvider({
      clients: [{ ...CLIENT, redirectUris: [REDIRECT_URI] }],
    });
  });
  after(() => provider.close());

  const discover = (issuer: HostileIssuer, secret = CLIENT.clientSecret) =>
    openid.discovery(
      new URL(issuer.issuer),
      CLIENT.clientId,
      {},
      openid.ClientSecretBasic(secret),
      { execute: [openid.allowInsecureRequests] },
    );

  const signIn = async (
    issuer: HostileIssuer,
    options: { verifier?: string; secret?: string; person?: string } = {},
  ) => {
    const client = await discover(issuer, options.secret);
    const { codeVerifier, codeChallenge } = pkce();
    const answer = await authorizeAt(issuer, {
      clientId: CLIENT.clientId,
      redirectUri: REDIRECT_URI,
      codeChallenge,
      nonce: NONCE,
      ...(options.person === undefined ? {} : { person: options.person }),
    });
    const url = new URL(`${REDIRECT_URI}?${new URLSearchParams(answer)}`);
    const exchange = () =>
      openid.authorizationCodeGrant(client, url, {
        pkceCodeVerifier: options.verifier ?? codeVerifier,
        expectedNonce: NONCE,
        ...(answer.state === undefined ? {} : { expectedState: answer.state }),
      });
    return { client, exchange, tokens: await exchange() };
  };

  test('does everything right where its module says so', async () => {
    const issuer = provider.issuer('oidcc-client-test');
    const { client, tokens } = await signIn(issuer, { person: 'u-1012' });
    assert.equal(tokens.claims()?.sub, 'u-1012');
    const info = await openid.fetchUserInfo(client, tokens.access_token, 'u-1012');
    assert.equal(info.name, 'Lena Vogt');
    assert.ok(tokens.refresh_token);
    const renewed = await openid.refreshTokenGrant(client, tokens.refresh_token);
    assert.equal(renewed.claims()?.sub, 'u-1012');
    const again = openid.refreshTokenGrant(client, tokens.refresh_token);
    await assert.rejects(again, { error: 'invalid_grant' });
  });

  test('[T27] holds its clients to secret, verifier and one use of a code', async () => {
    const issuer = provider.issuer('oidcc-client-test');
    await assert.rejects(signIn(issuer, { secret: 'wrong' }), /challenge/);
    const { codeVerifier } = pkce();
    await assert.rejects(signIn(issuer, { verifier: codeVerifier }), { error: 'invalid_grant' });
    const { exchange } = await signIn(issuer);
    await assert.rejects(exchange(), { error: 'invalid_grant' });
    const { codeChallenge } = pkce();
    const elsewhere = { ...CLIENT, redirectUri: 'http://127.0.0.1:4001/', codeChallenge };
    await assert.rejects(authorizeAt(issuer, elsewhere), /no answer/);
    const withoutPkce = { ...CLIENT, redirectUri: REDIRECT_URI, codeChallenge: '' };
    assert.equal((await authorizeAt(issuer, withoutPkce)).error, 'invalid_request');
  });

  test('its faults are faults: a certified client refuses them too', async () => {
    for (const name of [
      'oidcc-client-test-invalid-iss',
      'oidcc-client-test-missing-sub',
      'oidcc-client-test-invalid-aud',
      'oidcc-client-test-missing-iat',
      'oidcc-client-test-nonce-invalid',
      'oidcc-client-test-discovery-issuer-mismatch',
      'oidcc-client-test-invalid-sig-hs256',
      'oidcc-client-test-encrypted-idtoken',
    ] as const)
      await assert.rejects(signIn(provider.issuer(name)), name);
  });

  test('every module has a line on its page and a discovery document of its own', async () => {
    const page = await (await fetch(provider.url)).text();
    for (const name of moduleNames) {
      assert.ok(page.includes(escaped(modules[name].what)), name);
      const { issuer, discoveryUri } = provider.issuer(name);
      assert.ok(page.includes(`href="${discoveryUri}"`), name);
      const document: { issuer: string } = JSON.parse(await (await fetch(discoveryUri)).text());
      if (name !== 'oidcc-client-test-discovery-issuer-mismatch')
        assert.equal(document.issuer, issuer);
    }
  });

  test('a sign-out there posts a logout token to the client, and ends its refresh tokens', async () => {
    const node = await startKeyServer({ respond: () => ({ kind: 'body', body: '' }) });
    const registered = { ...CLIENT, redirectUris: [REDIRECT_URI] };
    provider.registerClient({ ...registered, backchannelLogoutUri: `${node.url}/logout` });
    const issuer = provider.issuer('oidcc-client-test-rp-backchannel-rpinitlogout');
    const { client, tokens } = await signIn(issuer);
    const query = new URLSearchParams({ id_token_hint: tokens.id_token ?? '' });
    await fetch(`${issuer.issuer}end-session?${query}`);
    const posted = node.hits[0];
    assert.equal(posted?.path, '/logout');
    assert.match(posted?.body ?? '', /^logout_token=eyJ/);
    const renewed = openid.refreshTokenGrant(client, tokens.refresh_token ?? '');
    await assert.rejects(renewed, { error: 'invalid_grant' });
    await node.close();
  });
});

test('K12 a self-signed certificate is good between its dates, and expired after them', async () => {
  const answerOf = async (from: number, until: number): Promise<string> => {
    const certificate = await selfSignedCertificate({
      from: new Date(Date.now() + from),
      until: new Date(Date.now() + until),
    });
    const server = createServer(certificate, (_request, response) => response.end('good'));
    const { promise, resolve } = Promise.withResolvers<string>();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : 0;
      get({ host: '127.0.0.1', port, ca: certificate.cert, agent: false }, (response) => {
        response.resume().on('end', () => resolve('good'));
      }).on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    });
    const answer = await promise;
    server.close();
    return answer;
  };
  assert.equal(await answerOf(-3_600_000, 3_600_000), 'good');
  assert.equal(await answerOf(-7_200_000, -3_600_000), 'CERT_HAS_EXPIRED');
});

/** As the page has it. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;');
}
