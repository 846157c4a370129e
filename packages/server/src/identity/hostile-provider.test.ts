/** Rows K12 and K13 at the hostile provider: how it fails, and what happens to its keys. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  authorizeAt,
  FAULTS,
  type Fault,
  type HostileIssuer,
  type HostileProvider,
  type ModuleName,
  pkce,
  type SigningKey,
  selfSignedCertificate,
  startHostileProvider,
} from '@countersign/simulators';
import type { CodeGrant, Verdict } from './index.ts';
import {
  assertAccepted,
  assertRefused,
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  source,
} from './testing/identity-under-test.ts';

const CLIENT_SECRET = 'the-client-secret-of-the-tests';
const REDIRECT_URI = 'https://shop.example/callback';
const CLIENT = {
  clientId: 'countersign',
  clientSecret: CLIENT_SECRET,
  redirectUris: [REDIRECT_URI],
};
const MINUTE_MS = 60_000;

async function grantFrom(issuer: HostileIssuer): Promise<CodeGrant> {
  const { codeVerifier, codeChallenge } = pkce();
  const request = { clientId: CLIENT.clientId, redirectUri: REDIRECT_URI, codeChallenge };
  const { code = '', iss = '' } = await authorizeAt(issuer, request);
  return { code, iss, codeVerifier, redirectUri: REDIRECT_URI };
}

const proveAt = (bench: IdentityUnderTest, uri: string, grant: CodeGrant): Promise<Verdict> =>
  bench.identity.proveOpenIdConnect(openIdConnectSetting(uri), grant, source);

suite('K12 a provider that fails', () => {
  let provider: HostileProvider;
  let bench: IdentityUnderTest;
  before(async () => {
    provider = await startHostileProvider({ clients: [CLIENT] });
    bench = await identityUnderTest({ alsoAllow: [`127.0.0.1:${provider.port}`] });
  });
  after(async () => {
    await bench.close();
    await provider.close();
  });

  /** A module for each, as what is known of a provider is kept for ten minutes. */
  const places: Record<Fault, ModuleName> = {
    hang: 'oidcc-client-test',
    reset: 'oidcc-client-test-idtoken-sig-rs256',
    'error-500': 'oidcc-client-test-scope-userinfo-claims',
    garbage: 'oidcc-client-test-missing-athash',
    huge: 'oidcc-client-test-userinfo-bearer-header',
  };
  const isFault = (name: string): name is Fault => Object.hasOwn(FAULTS, name);

  for (const fault of Object.keys(FAULTS).filter(isFault))
    test(`K12 discovery that ${FAULTS[fault]} is refused: provider_unavailable`, async () => {
      const issuer = provider.issuer(places[fault]);
      const grant = await grantFrom(issuer);
      issuer.fail(fault, 'discovery');
      const prove = () => proveAt(bench, issuer.discoveryUri, grant);
      const { hint } = await assertRefused(bench, prove, 'provider_unavailable');
      // It would hang for as long as anybody waits
      if (fault === 'hang') assert.match(hint ?? '', /in time|did not answer/);
      issuer.recover();
    });

  for (const how of ['reset', 'refuse'] as const)
    test(`K12 connections that end (${how}) are refused, and who was known is known again`, async () => {
      const name =
        how === 'reset' ? 'oidcc-client-test-userinfo-signed' : 'oidcc-client-test-refresh-token';
      const issuer = provider.issuer(name);
      const first = assertAccepted(
        await proveAt(bench, issuer.discoveryUri, await grantFrom(issuer)),
      );
      const signIn = {
        identity: first.identity,
        refreshToken: first.providerRefreshToken ?? '',
      };
      const setting = openIdConnectSetting(issuer.discoveryUri);
      const renew = () => bench.identity.renewOpenIdConnect(setting, signIn, source);
      await provider.goDown(how);
      await assertRefused(bench, renew, 'provider_unavailable');
      await provider.comeBack();
      assertAccepted(await renew());
    });
});

suite('K12 TLS', () => {
  const DAY_MS = 24 * 60 * MINUTE_MS;
  const around = (from: number, until: number) =>
    selfSignedCertificate({
      from: new Date(Date.now() + from * DAY_MS),
      until: new Date(Date.now() + until * DAY_MS),
    });

  test('K12 a certificate that has expired is refused, and one that has not is taken', async () => {
    const certificates = { expired: await around(-30, -1), good: await around(-1, 30) };
    // Both are trusted, so that the date alone tells them apart
    const trusted = [certificates.expired.cert, certificates.good.cert];
    const usual = getCACertificates('default');
    setDefaultCACertificates([...usual, ...trusted]);
    const seen: string[] = [];
    for (const tls of [certificates.good, certificates.expired]) {
      const provider = await startHostileProvider({ clients: [CLIENT], tls });
      const bench = await identityUnderTest({ alsoAllow: [`127.0.0.1:${provider.port}`] });
      const { discoveryUri, issuer: iss } = provider.issuer('oidcc-client-test');
      const { codeVerifier } = pkce();
      const grant = { code: 'made-up', iss, redirectUri: REDIRECT_URI, codeVerifier };
      const verdict = await proveAt(bench, discoveryUri, grant);
      assert.ok(verdict.outcome === 'refused');
      seen.push(`${verdict.reason}: ${verdict.hint}`);
      await bench.close();
      await provider.close();
    }
    setDefaultCACertificates(usual);
    assert.match(seen[0] ?? '', /^code_refused/, 'it was asked, and knows no such code');
    assert.match(seen[1] ?? '', /^provider_unavailable.*expired/i);
  });
});

suite('K13 what happens to keys', () => {
  let provider: HostileProvider;
  let bench: IdentityUnderTest;
  before(async () => {
    provider = await startHostileProvider({ clients: [CLIENT] });
    bench = await identityUnderTest({ alsoAllow: [`127.0.0.1:${provider.port}`] });
  });
  after(async () => {
    await bench.close();
    await provider.close();
  });

  const signIn = async (issuer: HostileIssuer) =>
    assertAccepted(await proveAt(bench, issuer.discoveryUri, await grantFrom(issuer)));
  /** A sign-in by a token that `key` signed, as by somebody who has kept it. */
  const proveBy = (issuer: HostileIssuer, key: SigningKey): Promise<Verdict> => {
    const nonce = 'n-0S6_WzA2Mj';
    const idToken = issuer.idToken({ sub: 'u-1007', aud: CLIENT.clientId, nonce }, key);
    const setting = openIdConnectSetting(issuer.discoveryUri, { implicitFlow: true });
    return bench.identity.proveOpenIdConnect(
      setting,
      { idToken, nonce, iss: issuer.issuer },
      source,
    );
  };

  test('K13 added, signed with, old one removed: nobody is refused, at one fetch', async () => {
    const issuer = provider.issuer('oidcc-client-test');
    const old = (await signIn(issuer)).identity.keyId;
    const added = await issuer.rotate.add();
    assert.equal((await signIn(issuer)).identity.keyId, old);
    issuer.rotate.signWithNew();
    assert.equal((await signIn(issuer)).identity.keyId, added.kid);
    assert.equal(issuer.asked('jwks'), 2);
    issuer.rotate.retireOld();
    assert.equal((await signIn(issuer)).identity.keyId, added.kid);
    assert.equal(issuer.asked('jwks'), 2);
  });

  test('K13 all replaced at once: the next sign-in is accepted', async () => {
    const issuer = provider.issuer('oidcc-client-test-idtoken-sig-rs256');
    await signIn(issuer);
    const key = await issuer.rotate.replaceAll();
    assert.equal((await signIn(issuer)).identity.keyId, key.kid);
  });

  test('K13 a key taken back in an emergency is refused as soon as the set is read anew', async () => {
    const issuer = provider.issuer('oidcc-client-test-scope-userinfo-claims');
    await signIn(issuer);
    const stolen = await issuer.rotate.revoke();
    assertAccepted(await proveBy(issuer, stolen));
    await signIn(issuer);
    await assertRefused(bench, () => proveBy(issuer, stolen), 'key_unknown');
  });

  test('K13 an empty set does not erase the good one, and is reported', async () => {
    const issuer = provider.issuer('oidcc-client-test-missing-athash');
    await signIn(issuer);
    issuer.rotate.publishNothing();
    bench.clock.move(11 * MINUTE_MS);
    await signIn(issuer);
    assert.ok((await bench.identity.keySetReport(issuer.jwksUri)).lastFailure);
    issuer.rotate.publishAgain();
  });

  test('K13 the same kid with a new key: the new one is accepted, the old one refused', async () => {
    const issuer = provider.issuer('oidcc-client-test-userinfo-signed');
    await signIn(issuer);
    const old = issuer.signing;
    await issuer.rotate.replaceSameKid();
    assert.equal(issuer.signing.kid, old.kid);
    bench.clock.move(MINUTE_MS);
    await signIn(issuer);
    await assertRefused(bench, () => proveBy(issuer, old), 'bad_signature');
  });
});
