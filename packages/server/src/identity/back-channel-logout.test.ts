/** Logout tokens that providers post (Back-Channel Logout 1.0 §2.6): row T32. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { type SigningKey, signingKey } from '@countersign/simulators';
import type { LogoutVerdict, Reason } from './index.ts';
import { byHmac, byRsa, forge, unsigned } from './testing/forged-token.ts';
import {
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  source,
} from './testing/identity-under-test.ts';
import { CLIENT_ID, type ScriptedProvider, scriptedProvider } from './testing/scripted-provider.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

let bench: IdentityUnderTest;
let key: SigningKey;
let stranger: SigningKey;
let provider: ScriptedProvider;
let settings: ReturnType<typeof openIdConnectSetting>[];

before(async () => {
  bench = await identityUnderTest();
  [key, stranger] = [await signingKey({ kid: 'first' }), await signingKey({ kid: 'first' })];
  provider = scriptedProvider(bench, key);
  settings = [
    openIdConnectSetting(provider.publish('other'), { id: 'other', clientId: 'other-client' }),
    openIdConnectSetting(provider.publish('twin'), { id: 'twin' }),
    openIdConnectSetting(provider.publish('fjell'), { id: 'fjell' }),
  ];
});
after(() => bench.close());

const header = (changes: object = {}) => ({
  alg: 'RS256',
  typ: 'logout+jwt',
  kid: 'first',
  ...changes,
});
const claims = (changes: Record<string, unknown> = {}) => {
  const now = Math.floor(bench.clock.now() / 1000);
  const times = { iat: now, exp: now + 120 };
  const who = { iss: provider.base('fjell'), aud: CLIENT_ID, sub: 'ada', sid: 's-1' };
  return { ...who, ...times, jti: randomUUID(), events: { [EVENT]: {} }, ...changes };
};
const logoutToken = (changes: Record<string, unknown> = {}, headerChanges = {}, signer = key) =>
  forge(header(headerChanges), claims(changes), byRsa(signer.privateKey));

const logOut = (token: string, node = bench.identity): Promise<LogoutVerdict> =>
  node.proveLogout(settings, token, source);

describe('T32 the happy logout token', () => {
  const named: [string, Record<string, unknown>, string | null, string | null][] = [
    ['of a person and a session', {}, 'ada', 's-1'],
    ['of a session', { sub: undefined }, null, 's-1'],
    ['of a person', { sid: undefined }, 'ada', null],
  ];
  for (const [what, changes, subject, providerSession] of named)
    test(`T32 ${what} is accepted, recorded and remembered`, async () => {
      const remembered = await bench.usedTokensStored();
      const verdict = await logOut(logoutToken(changes));
      assert.ok(verdict.outcome === 'accepted', JSON.stringify(verdict));
      const { reference, ...said } = verdict;
      assert.deepEqual(said, { outcome: 'accepted', settingId: 'fjell', subject, providerSession });
      assert.equal(await bench.usedTokensStored(), remembered + 1);
      const { items } = await bench.identity.attempts({ reference, limit: 1 });
      assert.equal(items[0]?.channel, 'back-channel');
      assert.equal(items[0]?.outcome, 'accepted');
    });
  const typed: [string, object][] = [
    ['without typ', { typ: undefined }],
    ['typed JWT, as older providers do', { typ: 'JWT' }],
    ['with the full media type', { typ: 'application/logout+jwt' }],
  ];
  for (const [what, changes] of typed)
    test(`T32 ${what} is accepted`, async () => {
      assert.equal((await logOut(logoutToken({}, changes))).outcome, 'accepted');
    });
});

describe('T32 a logout token that is refused leaves an attempt and nothing else', () => {
  const refused: [what: string, reason: Reason, token: () => string][] = [
    ['alg none', 'alg_not_allowed', () => forge(header({ alg: 'none' }), claims(), unsigned)],
    [
      'wrong alg HS256',
      'alg_not_allowed',
      () => forge(header({ alg: 'HS256' }), claims(), byHmac('the-client-secret-of-the-tests')),
    ],
    [
      'wrong alg RS512',
      'alg_not_allowed',
      () => forge(header({ alg: 'RS512' }), claims(), byRsa(key.privateKey, 'sha512')),
    ],
    ['unsigned', 'bad_signature', () => forge(header(), claims(), unsigned)],
    ['signed by another key', 'bad_signature', () => logoutToken({}, {}, stranger)],
    ['no events', 'logout_event', () => logoutToken({ events: undefined })],
    ['no event', 'logout_event', () => logoutToken({ events: {} })],
    ['a wrong event', 'logout_event', () => logoutToken({ events: { 'http://x.example': {} } })],
    ['an event that is no object', 'logout_event', () => logoutToken({ events: { [EVENT]: 1 } })],
    ['events in an array', 'logout_event', () => logoutToken({ events: [EVENT] })],
    ['a nonce', 'nonce', () => logoutToken({ nonce: 'n-0S6' })],
    ['wrong aud', 'audience', () => logoutToken({ aud: 'another-client' })],
    ['us and another aud', 'audience', () => logoutToken({ aud: [CLIENT_ID, 'another'] })],
    ['no aud', 'audience', () => logoutToken({ aud: undefined })],
    ['wrong issuer', 'issuer', () => logoutToken({ iss: 'https://evil.example' })],
    ['a known issuer whose client it is not', 'issuer', () => logoutToken(ofOther())],
    ['no issuer', 'issuer', () => logoutToken({ iss: undefined })],
    ['typ of an access token', 'type', () => logoutToken({}, { typ: 'at+jwt' })],
    ['an ID token', 'logout_event', () => provider.idToken('fjell')],
    ['an untyped ID token', 'logout_event', () => untypedIdToken()],
    ['neither sub nor sid', 'subject', () => logoutToken({ sub: undefined, sid: undefined })],
    ['a sid that is no string', 'subject', () => logoutToken({ sid: 17 })],
    ['no jti', 'replay', () => logoutToken({ jti: undefined })],
    ['no exp', 'expired', () => logoutToken({ exp: undefined })],
    ['an exp that is past', 'expired', () => logoutToken({ exp: 1_700_000_000 })],
    ['no iat', 'lifetime', () => logoutToken({ iat: undefined })],
    ['an unknown kid', 'key_unknown', () => logoutToken({}, { kid: 'unknown' })],
    ['a crit header', 'malformed', () => logoutToken({}, { crit: ['exp'] })],
    ['no token', 'malformed', () => 'logout'],
    ['a body of 64 KiB', 'malformed', () => 'x'.repeat(65_536)],
  ];
  const ofOther = () => ({ iss: provider.base('other') });
  const untypedIdToken = () =>
    logoutToken({ events: undefined, jti: undefined }, { typ: undefined });
  for (const [what, reason, token] of refused)
    test(`T32 ${what} is refused: ${reason}`, async () => {
      const attempts = await bench.attemptsStored();
      const remembered = await bench.usedTokensStored();
      const verdict = await logOut(token());
      assert.ok(verdict.outcome === 'refused');
      assert.equal(verdict.reason, reason, verdict.hint);
      assert.equal(await bench.usedTokensStored(), remembered);
      assert.equal(await bench.attemptsStored(), attempts + 1);
      const { items } = await bench.identity.attempts({ reference: verdict.reference, limit: 2 });
      assert.deepEqual(
        items.map(({ channel, outcome, hint }) => ({ channel, outcome, hint })),
        [{ channel: 'back-channel', outcome: 'refused', hint: verdict.hint }],
      );
    });
});

describe('T32 a logout token counts once', () => {
  test('T32 a replay is refused until it has expired, on every node', async () => {
    const token = logoutToken();
    assert.equal((await logOut(token)).outcome, 'accepted');
    for (const node of [bench.identity, bench.anotherNode()]) {
      const replayed = await logOut(token, node);
      assert.ok(replayed.outcome === 'refused');
      assert.equal(replayed.reason, 'replay');
    }
    bench.clock.move(200_000);
    const later = await logOut(token);
    assert.ok(later.outcome === 'refused');
    assert.equal(later.reason, 'expired');
  });
  test('T32 of two nodes that get it at once exactly one accepts it', async () => {
    const token = logoutToken();
    const both = await Promise.all([logOut(token), logOut(token, bench.anotherNode())]);
    assert.deepEqual(both.map(({ outcome }) => outcome).toSorted(), ['accepted', 'refused']);
  });
  test('T32 a refused one is not used up', async () => {
    const jti = randomUUID();
    assert.equal((await logOut(logoutToken({ jti }, {}, stranger))).outcome, 'refused');
    assert.equal((await logOut(logoutToken({ jti }))).outcome, 'accepted');
  });
});

test('T32 a provider that is down is told as such, and its own settings alone are asked', async () => {
  const down = openIdConnectSetting(`${bench.site.url}/down/.well-known/openid-configuration`);
  const verdict = await bench.identity.proveLogout([down], logoutToken(), source);
  assert.ok(verdict.outcome === 'refused');
  assert.equal(verdict.reason, 'provider_unavailable');
});

test('T32 no logout token, jti or secret of any of the above is stored', async () => {
  const text = await bench.storedText();
  for (const secret of ['the-client-secret-of-the-tests', 'eyJ', 'n-0S6'])
    assert.ok(!text.includes(secret), secret);
});
