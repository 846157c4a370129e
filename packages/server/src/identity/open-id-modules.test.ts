/**
 * Row T33: every module of the OpenID Foundation's relying-party tests, played by the hostile provider,
 * against the node's identity module; what concerns the site, against the sample shop.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  authorizeAt,
  type HostileIssuer,
  type HostileProvider,
  type ModuleName,
  moduleNames,
  modules,
  pkce,
  signingKey,
  startHostileProvider,
} from '@countersign/simulators';
import type { CodeGrant, LogoutVerdict, OpenIdConnectSetting, Reason, Verdict } from './index.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  source,
} from './testing/identity-under-test.ts';
import { type ShopAtIssuer, shopAtIssuer } from './testing/shop-at-issuer.ts';

const CLIENT_ID = 'countersign';
/** With what RFC 6749 §2.3.1 has encoded in a Basic header. */
const CLIENT_SECRET = 'p%ss wörd:/+&=';
const REDIRECT_URI = 'https://shop.example/callback';
const NONCE = 'n-0S6_WzA2Mj';

let provider: HostileProvider;
let bench: IdentityUnderTest;
const tried = new Set<ModuleName>();

before(async () => {
  provider = await startHostileProvider({
    clients: [{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, redirectUris: [REDIRECT_URI] }],
  });
  bench = await identityUnderTest({ alsoAllow: [`127.0.0.1:${provider.port}`] });
});
after(async () => {
  await bench.close();
  await provider.close();
});

const settingOf = (issuer: HostileIssuer, changes: Partial<OpenIdConnectSetting> = {}) =>
  openIdConnectSetting(issuer.discoveryUri, {
    clientSecret: CLIENT_SECRET,
    userInfo: true,
    ...changes,
  });

/** What the page brings back after the redirect. */
async function grantFrom(
  issuer: HostileIssuer,
  options: { nonce?: string | null; responseType?: string } = {},
): Promise<CodeGrant> {
  const { nonce = NONCE, responseType = 'code' } = options;
  const { codeVerifier, codeChallenge } = pkce();
  const answer = await authorizeAt(issuer, {
    clientId: CLIENT_ID,
    redirectUri: REDIRECT_URI,
    codeChallenge,
    responseType,
    ...(nonce === null ? {} : { nonce }),
  });
  const { code, id_token: idToken, iss } = answer;
  return {
    redirectUri: REDIRECT_URI,
    codeVerifier,
    ...(code === undefined ? {} : { code }),
    ...(idToken === undefined ? {} : { idToken }),
    ...(iss === undefined ? {} : { iss }),
    ...(nonce === null ? {} : { nonce }),
  };
}

const prove = (
  issuer: HostileIssuer,
  grant: CodeGrant,
  changes: Partial<OpenIdConnectSetting> = {},
): Promise<Verdict> => bench.identity.proveOpenIdConnect(settingOf(issuer, changes), grant, source);

async function signIn(issuer: HostileIssuer) {
  return assertAccepted(await prove(issuer, await grantFrom(issuer)));
}

function accepted(name: ModuleName, run: (issuer: HostileIssuer) => Promise<unknown>): void {
  tried.add(name);
  test(`T33 ${name}: accepted`, async () => {
    assert.equal(modules[name].must, 'accept');
    await run(provider.issuer(name));
  });
}

function refused(
  name: ModuleName,
  reason: Reason,
  run: (issuer: HostileIssuer, reason: Reason) => Promise<unknown> = refusedSignIn,
): void {
  tried.add(name);
  const { must } = modules[name];
  const word = must === 'refuse-deliberately' ? 'refused deliberately' : 'refused';
  test(`T33 ${name}: ${word} (${reason})`, async () => {
    assert.notEqual(must, 'accept');
    await run(provider.issuer(name), reason);
  });
}

/** The sign-in comes back from the provider, and its proof is refused: only the attempt is stored. */
async function refusedSignIn(issuer: HostileIssuer, reason: Reason): Promise<void> {
  const grant = await grantFrom(issuer);
  const used = await bench.usedTokensStored();
  await assertRefused(bench, () => prove(issuer, grant), reason);
  assert.equal(await bench.usedTokensStored(), used);
}

suite('the basic plan', () => {
  accepted('oidcc-client-test', async (issuer) => {
    const { identity, providerRefreshToken } = await signIn(issuer);
    assert.equal(identity.issuer, issuer.issuer);
    assert.equal(identity.subject, 'u-1007');
    assert.equal(identity.keyId, issuer.signing.kid);
    assert.ok(identity.providerSession);
    assert.ok(providerRefreshToken);
  });
  refused('oidcc-client-test-invalid-iss', 'issuer');
  refused('oidcc-client-test-missing-sub', 'subject');
  refused('oidcc-client-test-invalid-aud', 'audience');
  refused('oidcc-client-test-missing-iat', 'lifetime');
  accepted('oidcc-client-test-kid-absent-single-jwks', async (issuer) => {
    assert.equal((await signIn(issuer)).identity.keyId, null);
  });
  refused('oidcc-client-test-kid-absent-multiple-jwks', 'key_unknown');
  accepted('oidcc-client-test-idtoken-sig-rs256', signIn);
  refused('oidcc-client-test-idtoken-sig-none', 'alg_not_allowed');
  refused('oidcc-client-test-invalid-sig-rs256', 'bad_signature');
  refused('oidcc-client-test-userinfo-invalid-sub', 'userinfo');
  refused('oidcc-client-test-nonce-invalid', 'nonce');
  accepted('oidcc-client-test-scope-userinfo-claims', async (issuer) => {
    const { identity } = await signIn(issuer);
    assert.equal(identity.name, 'Ada Ng');
    assert.equal(identity.email, 'ada.ng@example.com');
  });
  accepted('oidcc-client-test-client-secret-basic', async (issuer) => {
    await signIn(issuer);
    const sent = issuer.hits.find(({ method }) => method === 'POST')?.headers.authorization;
    assert.match(sent ?? '', /^Basic /);
    const byPost = () =>
      grantFrom(issuer).then((grant) =>
        prove(issuer, grant, { clientAuthentication: 'client_secret_post' }),
      );
    await assertRefused(bench, byPost, 'code_refused');
  });
});

suite('the config plan', () => {
  accepted('oidcc-client-test-discovery-openid-config', async (issuer) => {
    await signIn(issuer);
    for (const endpoint of ['token', 'userinfo', 'jwks'] as const)
      assert.equal(issuer.asked(endpoint), 1, endpoint);
  });
  accepted('oidcc-client-test-discovery-jwks-uri-keys', async (issuer) => {
    await signIn(issuer);
    assert.equal(issuer.asked('jwks'), 1);
  });
  refused('oidcc-client-test-discovery-issuer-mismatch', 'issuer', async (issuer, reason) => {
    await refusedSignIn(issuer, reason);
    assert.equal(issuer.asked('token'), 0, 'the code went nowhere');
  });
  accepted('oidcc-client-test-signing-key-rotation', async (issuer) => {
    const before = await signIn(issuer);
    const later = await signIn(issuer);
    assert.notEqual(later.identity.keyId, before.identity.keyId);
    assert.equal(issuer.asked('jwks'), 2, 'the new key cost one fetch');
  });
  accepted('oidcc-client-test-signing-key-rotation-just-before-signing', async (issuer) => {
    const known = await bench.identity.keySetReport(issuer.jwksUri);
    const { identity } = await signIn(issuer);
    assert.notEqual(identity.keyId, known.keys[0]?.kid);
    assert.equal(issuer.asked('jwks'), 2);
  });
});

suite('the comprehensive plan', () => {
  refused('oidcc-client-test-missing-aud', 'audience');
  accepted('oidcc-client-test-userinfo-bearer-header', async (issuer) => {
    assert.equal((await signIn(issuer)).identity.name, 'Ada Ng');
  });
  refused('oidcc-client-test-userinfo-bearer-body', 'provider_unavailable');
  accepted('oidcc-client-test-userinfo-signed', async (issuer) => {
    assert.equal((await signIn(issuer)).identity.name, 'Ada Ng');
  });
  accepted('oidcc-client-test-nonce-unless-code-flow', async (issuer) => {
    assertAccepted(await prove(issuer, await grantFrom(issuer, { nonce: null })));
  });
  refused('oidcc-client-test-invalid-sig-hs256', 'alg_not_allowed');
  refused('oidcc-client-test-invalid-sig-es256', 'alg_not_allowed');
  accepted('oidcc-client-test-aggregated-claims', async (issuer) => {
    const grant = await grantFrom(issuer);
    const verdict = await prove(issuer, grant, { contextClaims: ['address', '_claim_names'] });
    const { identity } = assertAccepted(verdict);
    assert.equal(identity.name, 'Ada Ng');
    assert.deepEqual(identity.facts, {});
  });
  accepted('oidcc-client-test-distributed-claims', async (issuer) => {
    const grant = await grantFrom(issuer);
    const verdict = await prove(issuer, grant, { contextClaims: ['credit_score'] });
    assert.deepEqual(assertAccepted(verdict).identity.facts, {});
    assert.ok(!issuer.hits.some(({ path }) => path.endsWith('/claims')), 'nobody went there');
  });
  refused('oidcc-client-test-form-post-error', 'malformed', async (issuer, reason) => {
    const { codeChallenge } = pkce();
    const request = { clientId: CLIENT_ID, redirectUri: REDIRECT_URI, codeChallenge };
    const answer = await authorizeAt(issuer, { ...request, responseMode: 'form_post' });
    assert.equal(answer.error, 'login_required');
    assert.equal(answer.code, undefined);
    await refusedSignIn(issuer, reason);
    assert.equal(issuer.asked('token'), 0);
  });
  accepted('oidcc-client-test-mtls-endpoint-aliases', async (issuer) => {
    await signIn(issuer);
    assert.equal(issuer.asked('token'), 1);
    assert.ok(!issuer.hits.some(({ path }) => path.includes('/mtls/')));
  });
  refused('oidcc-client-test-invalid-athash', 'code_refused');
  accepted('oidcc-client-test-missing-athash', signIn);
  refused('oidcc-client-test-invalid-chash', 'malformed', refusedHybrid);
  refused('oidcc-client-test-missing-chash', 'malformed', refusedHybrid);
  accepted('oidcc-client-test-ignores-unparseable-key-in-jwks', async (issuer) => {
    await signIn(issuer);
    const { keys } = await bench.identity.keySetReport(issuer.jwksUri);
    assert.deepEqual(
      keys.map(({ kid }) => kid),
      [issuer.signing.kid],
    );
  });
  refused('oidcc-client-test-encrypted-idtoken', 'malformed');
});

/** The page has both from the provider; the node takes one, and sends neither anywhere. */
async function refusedHybrid(issuer: HostileIssuer, reason: Reason): Promise<void> {
  const grant = await grantFrom(issuer, { responseType: 'code id_token' });
  assert.ok(grant.code !== undefined && grant.idToken !== undefined);
  await assertRefused(bench, () => prove(issuer, grant, { implicitFlow: true }), reason);
  assert.equal(issuer.asked('token'), 0);
}

suite('the refresh token plan', () => {
  accepted('oidcc-client-test-refresh-token', async (issuer) => {
    const first = await signIn(issuer);
    const renewed = assertAccepted(await renew(issuer, first));
    assert.equal(renewed.identity.subject, first.identity.subject);
    assert.notEqual(renewed.providerRefreshToken, first.providerRefreshToken);
    assertAccepted(await renew(issuer, renewed));
  });
  const refusedRenewal = async (issuer: HostileIssuer, reason: Reason) => {
    const first = await signIn(issuer);
    await assertRefused(bench, () => renew(issuer, first), reason);
  };
  refused('oidcc-client-test-refresh-token-invalid-issuer', 'issuer', refusedRenewal);
  refused('oidcc-client-test-refresh-token-invalid-sub', 'subject', refusedRenewal);
  refused('oidcc-client-test-refresh-token-invalid-aud', 'audience', refusedRenewal);
  refused('oidcc-client-test-refresh-token-invalid-azp', 'audience', refusedRenewal);
});

function renew(
  issuer: HostileIssuer,
  { identity, providerRefreshToken }: Extract<Verdict, { outcome: 'accepted' }>,
): Promise<Verdict> {
  const signedIn = { identity, refreshToken: providerRefreshToken ?? '' };
  return bench.identity.renewOpenIdConnect(settingOf(issuer), signedIn, source);
}

suite('the back-channel logout plan', () => {
  const PLAN = 'oidcc-client-test-rp-backchannel-rpinitlogout';
  accepted(PLAN, async (issuer) => {
    const { identity } = await signIn(issuer);
    const verdict = await signOut(issuer, identity);
    assert.ok(verdict.outcome === 'accepted', JSON.stringify(verdict));
    assert.equal(verdict.subject, identity.subject);
    assert.equal(verdict.providerSession, identity.providerSession);
  });
  const refusedLogout = async (issuer: HostileIssuer, reason: Reason) => {
    const { identity } = await signIn(issuer);
    const [attempts, used] = [await bench.attemptsStored(), await bench.usedTokensStored()];
    const verdict = await signOut(issuer, identity);
    assert.ok(verdict.outcome === 'refused');
    assert.equal(verdict.reason, reason, verdict.hint);
    assert.equal(await bench.attemptsStored(), attempts + 1);
    assert.equal(await bench.usedTokensStored(), used, 'it is not used up');
  };
  refused(`${PLAN}-alg-none`, 'alg_not_allowed', refusedLogout);
  refused(`${PLAN}-no-event`, 'logout_event', refusedLogout);
  refused(`${PLAN}-with-nonce`, 'nonce', refusedLogout);
  refused(`${PLAN}-wrong-alg`, 'alg_not_allowed', refusedLogout);
  refused(`${PLAN}-wrong-aud`, 'audience', refusedLogout);
  refused(`${PLAN}-wrong-event`, 'logout_event', refusedLogout);
  refused(`${PLAN}-wrong-iss`, 'issuer', refusedLogout);
});

function signOut(
  issuer: HostileIssuer,
  { subject, providerSession }: { subject: string; providerSession: string | null },
): Promise<LogoutVerdict> {
  const target = { clientId: CLIENT_ID, subject, sid: providerSession ?? '' };
  const settings = [settingOf(issuer)];
  return bench.identity.proveLogout(settings, issuer.logoutToken(target), source);
}

suite('what concerns the site: the sample shop as relying party', () => {
  const atSite = async (name: ModuleName, run: (shop: ShopAtIssuer) => Promise<void>) => {
    const shop = await shopAtIssuer(provider, provider.issuer(name));
    await run(shop).finally(() => shop.close());
  };
  const site = (name: ModuleName, outcome: string, run: (shop: ShopAtIssuer) => Promise<void>) => {
    tried.add(name);
    test(`T33 ${name}: ${outcome}`, () => atSite(name, run));
  };

  site('oidcc-client-test-rp-init-logout', 'accepted', async (shop) => {
    await shop.signIn();
    assert.equal(await shop.signOut(), '/account?sign-out=done');
    assert.equal(await shop.isSignedIn(), false);
  });
  for (const name of ['no-state', 'other-state'] as const)
    site(`oidcc-client-test-rp-init-logout-${name}`, 'refused (unconfirmed)', async (shop) => {
      await shop.signIn();
      assert.equal(await shop.signOut(), '/account?sign-out=unconfirmed');
      assert.equal(await shop.isSignedIn(), false);
    });
  site('oidcc-client-test-rp-frontchannel-opinitlogout', 'accepted', async (shop) => {
    await shop.signIn();
    await shop.openFrames(await shop.signOutAtProvider());
    assert.equal(await shop.isSignedIn(), false);
  });
  site('oidcc-client-test-rp-frontchannel-rpinitlogout', 'accepted', async (shop) => {
    await shop.signIn();
    const another = await shop.anotherBrowser();
    await another.signIn();
    assert.equal(await shop.signOut(), '/account?sign-out=done');
    assert.equal(await shop.isSignedIn(), false);
    assert.equal(await another.isSignedIn(), true, 'the frame named one session');
  });
  site('oidcc-client-test-3rd-party-init-login', 'accepted', async (shop) => {
    assert.equal(await shop.followLoginLink('/cart'), '/cart');
    assert.equal(await shop.isSignedIn(), true);
  });
});

suite('the suite’s variants of the client’s authentication', () => {
  test('T33 client_auth_type=client_secret_post: accepted', async () => {
    const issuer = provider.issuer('oidcc-client-test');
    const changes = { clientAuthentication: 'client_secret_post' } as const;
    assertAccepted(await prove(issuer, await grantFrom(issuer), changes));
  });
  test('T33 client_auth_type=private_key_jwt: accepted, and a secret in its place refused', async () => {
    const key = await signingKey({ kid: 'node-1' });
    const clientId = 'with-keys';
    const redirectUris = [REDIRECT_URI];
    provider.registerClient({ clientId, jwks: { keys: [key.jwk] }, redirectUris });
    const issuer = provider.issuer('oidcc-client-test');
    const grant = async () => {
      const { codeVerifier, codeChallenge } = pkce();
      const request = { clientId, redirectUri: REDIRECT_URI, codeChallenge, nonce: NONCE };
      const { code = '', iss = '' } = await authorizeAt(issuer, request);
      return { code, iss, codeVerifier, nonce: NONCE, redirectUri: REDIRECT_URI };
    };
    const privateKey = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const byKey = { clientId, clientSecret: null, privateKey, privateKeyId: key.kid };
    assertAccepted(await prove(issuer, await grant(), byKey));
    const code = await grant();
    await assertRefused(bench, () => prove(issuer, code, { clientId }), 'code_refused');
  });
});

test('T33 no module of the registry was left out', () => {
  assert.deepEqual([...tried].sort(), [...moduleNames].sort());
  assert.equal(moduleNames.length, 55);
});

test('T33 no code, secret or token of any of the above is stored', async () => {
  const text = await bench.storedText();
  for (const secret of [CLIENT_SECRET, 'eyJ', NONCE]) assert.ok(!text.includes(secret), secret);
});
