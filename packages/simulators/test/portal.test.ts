import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { createLocalJWKSet, decodeJwt, importSPKI, type JSONWebKeySet, jwtVerify } from 'jose';
import {
  type CookieJar,
  type IdentityProvider,
  type Portal,
  pkce,
  SAMPLE_PASSWORD,
  signInAt,
  startIdentityProvider,
  startPortal,
} from '../src/index.ts';

const NODE_URL = 'http://127.0.0.1:65000';
const ISSUER = 'portal.fjellfern.example';
const deployments = { openIdConnect: 'd-oidc', signedToken: 'd-token', guest: 'd-guest' };

suite('the sample shop', () => {
  let provider: IdentityProvider;
  let portal: Portal;

  before(async () => {
    provider = await startIdentityProvider({
      clients: [{ clientId: 'countersign', clientSecret: 'sample', redirectUris: [] }],
    });
    portal = await startPortal({
      nodeUrl: NODE_URL,
      provider,
      clientId: 'countersign',
      deployments,
      loaderIntegrity: 'sha384-sample',
    });
    for (const client of portal.clients) provider.registerClient(client);
    provider.addRedirectUris('countersign', [portal.redirectUri]);
  });
  after(async () => {
    await portal.close();
    await provider.close();
  });

  /** A browser of few words: cookies by origin, no redirects followed. */
  const visitor = () => {
    const jars = new Map<string, CookieJar>();
    const send = async (address: string, form?: Record<string, string>, headers = {}) => {
      const url = new URL(address, portal.url);
      const jar = jars.get(url.origin) ?? new Map<string, string>();
      jars.set(url.origin, jar);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { ...(cookie ? { cookie } : {}), ...headers },
        ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
      });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
        jar.set(name, value);
      }
      return response;
    };
    return { send, jarOf: (url: string) => jars.get(new URL(url).origin) };
  };

  const signedInAtAccount = async () => {
    const browser = visitor();
    let response = await browser.send('/account/sign-in');
    while (response.status === 303 || response.status === 302) {
      const location = response.headers.get('location') ?? '';
      const url = new URL(location, response.url);
      response = await browser.send(url.href);
      const isSignIn = response.status === 200 && url.pathname.startsWith('/interaction/');
      if (!isSignIn) continue;
      response = await browser.send(url.href, { person: 'u-1007', password: SAMPLE_PASSWORD });
    }
    return { ...browser, page: await response.text() };
  };

  /** What the shop's ID token says, from another sign-in of the same browser at the provider. */
  const sessionAt = async (cookies: CookieJar | undefined) => {
    const { codeVerifier, codeChallenge } = pkce();
    const [client] = portal.clients;
    assert.ok(client && cookies);
    const redirectUri = client.redirectUris[0] ?? '';
    const request = { clientId: client.clientId, redirectUri, codeChallenge, prompt: 'none' };
    const claims = JSON.stringify({ id_token: { sid: null } });
    const { code } = await signInAt(provider, { ...request, claims, cookies });
    const answer = await fetch(`${provider.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
        client_id: client.clientId,
        client_secret: client.clientSecret ?? '',
      }),
    });
    const { id_token: idToken }: { id_token: string } = JSON.parse(await answer.text());
    const { sid } = decodeJwt(idToken);
    return { idToken, sid: typeof sid === 'string' ? sid : '' };
  };

  const signedInAtPortal = async (variant = 'right') => {
    const browser = visitor();
    await browser.send('/portal/sign-in', { person: 'u-1007' });
    await browser.send('/portal/testing', { variant });
    return browser;
  };

  const tokenOf = async (variant?: string) => {
    const browser = await signedInAtPortal(variant);
    const response = await browser.send('/_services/auth/token', {});
    assert.equal(response.status, 200);
    return response.text();
  };

  const read = async (url: string) => (await fetch(url)).text();

  const publishedKey = async () => {
    return importSPKI(await read(portal.publicKeyUrl), 'RS256');
  };

  const publishedSet = async () => {
    const set: JSONWebKeySet = JSON.parse(await read(`${portal.publicKeyUrl}?format=jwks`));
    return createLocalJWKSet(set);
  };

  for (const [path, deploymentId] of [
    ['/', deployments.guest],
    ['/account', deployments.openIdConnect],
    ['/portal', deployments.signedToken],
    ['/cart', deployments.guest],
    ['/nowhere', deployments.guest],
  ] as const) {
    test(`${path} is held by a strict policy and embeds the messenger under its nonce`, async () => {
      const response = await fetch(`${portal.url}${path}`);
      const page = await response.text();
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      assert.ok(nonce.length >= 16);
      assert.match(policy, /default-src 'self';/);
      assert.match(policy, /style-src 'self';/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.ok(policy.includes(`frame-src ${NODE_URL} ${provider.issuer} 'self'`));
      assert.doesNotMatch(page, / style=|<style| on[a-z]+=/i);
      assert.equal(page.split('<script nonce=').length, 2);
      assert.ok(page.includes(`<script nonce="${nonce}">(function(w,n,u,o){`));
      const call = `(window,'Countersign',"${NODE_URL}/messenger/loader.js",{"deploymentId":"${deploymentId}","integrity":"sha384-sample"});`;
      assert.ok(page.includes(call));
    });
  }

  test('every asset that a page names is there', async () => {
    const pages = await Promise.all(
      ['/', '/account', '/portal', '/account/chat-callback'].map(async (path) =>
        (await fetch(`${portal.url}${path}`)).text(),
      ),
    );
    const names = new Set(pages.join().match(/\/assets\/[\w.-]+/g));
    assert.equal(names.size, 6);
    for (const name of names) assert.equal((await fetch(`${portal.url}${name}`)).status, 200, name);
    assert.equal((await fetch(`${portal.url}/assets/constructor`)).status, 404);
  });

  test('a person signs in through the provider, sees their orders, and signs out of both', async () => {
    const { send, page, jarOf } = await signedInAtAccount();
    assert.match(page, /Good to see you, Ada/);
    assert.match(page, /FF-20418/);
    assert.match(page, /12,400/);
    const out = await send('/account/sign-out', {});
    const location = new URL(out.headers.get('location') ?? '');
    assert.ok(location.href.startsWith(`${provider.issuer}/session/end?`));
    assert.doesNotMatch(await (await send('/account')).text(), /Ada/);
    assert.ok(jarOf(portal.url)?.size);

    const question = await (await send(location.href)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question)?.[1] ?? '';
    const confirmed = await send(`${provider.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    const back = confirmed.headers.get('location') ?? '';
    assert.equal(
      back,
      `${portal.url}/account/signed-out?state=${location.searchParams.get('state')}`,
    );
    const end = await send(back);
    assert.equal(end.headers.get('location'), '/account?sign-out=done');
    assert.match(await (await send('/account?sign-out=done')).text(), /You are signed out\./);
  });

  test('a sign-out that comes back without its state, or with another, is not confirmed', async () => {
    for (const query of ['', '?state=another']) {
      const { send } = await signedInAtAccount();
      await send('/account/sign-out', {});
      const end = await send(`/account/signed-out${query}`);
      assert.equal(end.headers.get('location'), '/account?sign-out=unconfirmed');
      assert.doesNotMatch(await (await send('/account')).text(), /Ada/);
    }
    const stranger = await visitor().send('/account/signed-out?state=planted');
    assert.equal(stranger.headers.get('location'), '/account?sign-out=unconfirmed');
  });

  test('the provider’s frame ends the session it names, and no other', async () => {
    const { send, jarOf } = await signedInAtAccount();
    const { idToken, sid } = await sessionAt(jarOf(provider.issuer));
    assert.ok(sid);
    const frame = (query: Record<string, string>) =>
      visitor().send(`/account/front-channel-logout?${new URLSearchParams(query)}`);
    await frame({ iss: provider.issuer, sid: 'another' });
    await frame({ iss: 'https://other.example', sid });
    assert.match(await (await send('/account')).text(), /Ada/);
    const page = await (
      await send(`${provider.issuer}/session/end?id_token_hint=${idToken}`)
    ).text();
    const address = /data-src="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.equal(new URL(address).searchParams.get('sid'), sid);
    assert.equal((await visitor().send(address)).status, 200);
    assert.doesNotMatch(await (await send('/account')).text(), /Ada/);
  });

  test('anybody may have a sign-in started: at the shop’s provider, on to a page of the shop', async () => {
    const asked = { iss: provider.issuer, target_link_uri: `${portal.url}/cart?from=mail` };
    for (const form of [undefined, asked]) {
      const { send } = visitor();
      const query = form ? '' : `?${new URLSearchParams({ ...asked, login_hint: 'u-1012' })}`;
      const foreign = { 'sec-fetch-site': 'cross-site' };
      let response = await send(`/account/initiate${query}`, form, foreign);
      const request = new URL(response.headers.get('location') ?? '');
      assert.ok(request.href.startsWith(`${provider.issuer}/auth?`));
      assert.equal(request.searchParams.get('login_hint'), form ? null : 'u-1012');
      while (response.headers.get('location')) {
        const url = new URL(response.headers.get('location') ?? '', response.url);
        if (url.pathname === '/cart') break;
        response = await send(url.href);
        if (response.status === 200)
          response = await send(url.href, { person: 'u-1012', password: SAMPLE_PASSWORD });
      }
      assert.equal(response.headers.get('location'), '/cart?from=mail');
      assert.match(await (await send('/account')).text(), /Lena/);
    }
  });

  test('a sign-in is not started elsewhere, nor on to elsewhere', async () => {
    for (const query of [
      { iss: 'https://other.example' },
      {},
      { iss: provider.issuer, target_link_uri: 'https://evil.example/' },
      { iss: provider.issuer, target_link_uri: '//evil.example/' },
      { iss: provider.issuer, target_link_uri: 'javascript:alert(1)' },
    ]) {
      const browser = visitor();
      const response = await browser.send(`/account/initiate?${new URLSearchParams({ ...query })}`);
      assert.equal(response.status, 400);
      assert.equal(browser.jarOf(portal.url)?.size, 0);
    }
  });

  test('each request of the messenger gets a silent authorization request of its own', async () => {
    const { send, jarOf } = await signedInAtAccount();
    const codes = new Set<string>();
    for (let count = 0; count < 2; count += 1) {
      const response = await send('/account/chat-request', {});
      const request: Record<'url' | 'redirectUri' | 'state' | 'nonce', string> = JSON.parse(
        await response.text(),
      );
      assert.equal(request.redirectUri, portal.redirectUri);
      const query = Object.fromEntries(new URL(request.url).searchParams);
      assert.equal(query.prompt, 'none');
      const cookies = jarOf(provider.issuer);
      assert.ok(cookies);
      const answer = await signInAt(provider, {
        clientId: 'countersign',
        redirectUri: request.redirectUri,
        codeChallenge: query.code_challenge ?? '',
        state: request.state,
        nonce: request.nonce,
        prompt: 'none',
        cookies,
      });
      assert.equal(answer.state, request.state);
      codes.add(answer.code);
    }
    assert.equal(codes.size, 2);
  });

  test('nobody signed in: no authorization request, and no token', async () => {
    assert.equal((await visitor().send('/account/chat-request', {})).status, 401);
    const response = await visitor().send('/_services/auth/token', {});
    assert.equal(response.status, 401);
    const error: object = JSON.parse(await response.text());
    assert.deepEqual(Object.keys(error), ['ErrorId', 'ErrorMessage', 'Timestamp', 'CorrelationId']);
  });

  test('a response of a sign-in that this browser did not start is refused', async () => {
    const { send } = visitor();
    const response = await send('/account/callback?code=planted&state=planted');
    assert.equal(response.headers.get('location'), '/account?sign-in=failed');
    await send('/account/sign-in');
    const wrong = await send('/account/callback?code=planted&state=planted');
    assert.equal(wrong.headers.get('location'), '/account?sign-in=failed');
  });

  test('a form of another origin changes nothing', async () => {
    const { send } = await signedInAtPortal();
    for (const headers of [
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: NODE_URL },
    ]) {
      assert.equal((await send('/portal/sign-out', {}, headers)).status, 403);
      assert.equal((await send('/_services/auth/token', {}, headers)).status, 403);
    }
    assert.match(await (await send('/portal')).text(), /Hello, Ada/);
  });

  test('a signed-in session moves to a fresh id', async () => {
    const browser = visitor();
    await browser.send('/cart', { add: 'lyng-9' });
    const before = [...(browser.jarOf(portal.url)?.values() ?? [])];
    await browser.send('/portal/sign-in', { person: 'u-1012' });
    assert.notDeepEqual([...(browser.jarOf(portal.url)?.values() ?? [])], before);
  });

  test('publishes one key as PEM, as array and as JWK set', async () => {
    const pem = await read(portal.publicKeyUrl);
    assert.match(pem, /^-----BEGIN PUBLIC KEY-----\n/);
    const array: { kid: string; publicKey: string; expiry: number }[] = JSON.parse(
      await read(`${portal.publicKeyUrl}?format=array`),
    );
    const [only] = array;
    assert.ok(only && array.length === 1);
    assert.equal(Buffer.from(only.publicKey, 'base64').toString(), pem);
    assert.equal(only.kid, 'fjell-portal-1');
    assert.ok(only.expiry > Date.now() / 1000);
    const set: JSONWebKeySet = JSON.parse(await read(`${portal.publicKeyUrl}?format=jwks`));
    assert.equal(set.keys[0]?.kid, 'fjell-portal-1');
    assert.doesNotMatch(JSON.stringify(set), /"d":/);
  });

  test('the right token verifies against the published key and says what the record says', async () => {
    const browser = await signedInAtPortal();
    await browser.send('/portal/record', { number: 'u-2000', cartValue: '250', isVip: '' });
    const response = await browser.send('/_services/auth/token', { state: 'abc', nonce: 'n-1' });
    assert.equal(response.headers.get('expires_in'), '900');
    assert.equal(response.headers.get('state'), 'abc');
    const { payload, protectedHeader } = await jwtVerify(
      await response.text(),
      await publishedKey(),
      { issuer: ISSUER, algorithms: ['RS256'] },
    );
    assert.deepEqual(protectedHeader, { alg: 'RS256', typ: 'JWT', kid: 'fjell-portal-1' });
    assert.partialDeepStrictEqual(payload, {
      sub: 'u-2000',
      nonce: 'n-1',
      given_name: 'Ada',
      family_name: 'Ng',
      email: 'ada.ng@example.com',
      lwicontexts: '{"msdyn_cartvalue":"250","msdyn_isvip":"false"}',
    });
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 900);
  });

  test('the expired variant is signed rightly, and expired', async () => {
    const token = await tokenOf('expired');
    await assert.rejects(jwtVerify(token, await publishedKey()), { code: 'ERR_JWT_EXPIRED' });
  });

  test('the other-key variant names the published key, which did not sign it', async () => {
    const token = await tokenOf('other-key');
    await assert.rejects(jwtVerify(token, await publishedSet()), {
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });

  test('the unknown-key-id variant names a key that is not published', async () => {
    const token = await tokenOf('unknown-key-id');
    await assert.rejects(jwtVerify(token, await publishedSet()), {
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    });
    await assert.rejects(jwtVerify(token, await publishedKey()));
  });

  test('the brief variant lasts 30 seconds', async () => {
    const { payload } = await jwtVerify(await tokenOf('brief'), await publishedKey());
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 30);
  });

  test('the clock-ahead variant is from the future', async () => {
    const { iat = 0, nbf } = decodeJwt(await tokenOf('clock-ahead'));
    assert.ok(iat > Date.now() / 1000 + 290);
    assert.equal(nbf, iat);
  });

  test('the wrong-issuer variant is signed rightly, by somebody else’s name', async () => {
    const { payload } = await jwtVerify(await tokenOf('wrong-issuer'), await publishedKey());
    assert.equal(payload.iss, `other.${ISSUER}`);
  });

  test('the page of the slow variant waits, and that of function-missing has no function', async () => {
    const pageOf = async (variant: string) =>
      (await (await signedInAtPortal(variant)).send('/portal')).text();
    assert.match(await pageOf('slow'), /data-token-delay-ms="11000"/);
    assert.match(await pageOf('slow'), /portal\.js/);
    assert.doesNotMatch(await pageOf('right'), /data-token-delay-ms/);
    assert.doesNotMatch(await pageOf('function-missing'), /portal\.js/);
  });

  test('its tokens last as long as it is told', async () => {
    const other = await startPortal({
      nodeUrl: NODE_URL,
      provider,
      clientId: 'countersign',
      deployments,
      tokenSeconds: 45,
    });
    const url = (path: string) => `${other.url}${path}`;
    const browser = visitor();
    await browser.send(url('/portal/sign-in'), { person: 'u-1007' });
    const answer = await browser.send(url('/_services/auth/token'), {});
    assert.equal(answer.headers.get('expires_in'), '45');
    const { exp = 0, iat = 0 } = decodeJwt(await answer.text());
    assert.equal(exp - iat, 45);
    await other.close();
  });

  test('the none variant gives no token', async () => {
    const browser = await signedInAtPortal('none');
    assert.equal((await browser.send('/_services/auth/token', {})).status, 403);
  });

  test('what is written into a record is escaped where it is shown', async () => {
    const browser = await signedInAtPortal();
    await browser.send('/portal/record', { number: '"><script>', cartValue: '-1' });
    const page = await (await browser.send('/portal')).text();
    assert.doesNotMatch(page, /"><script>/);
    assert.match(page, /value="u-1007"/);
    assert.match(page, /value="12400"/);
  });
});
