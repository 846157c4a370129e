import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createSeal } from '../../src/platform/index.ts';
import {
  conversationWith,
  entries,
  readConversation,
  signInEntries,
  untilLapsed,
} from './agent.ts';
import { CLIENT_SECRET, deployments, startWorld, type World } from './world.ts';

const REFRESH = '/api/v2/webdeployments/token/refresh';
const TEN_MINUTES = 600_000;

const KEY = randomBytes(32);
const seal = createSeal({ key: KEY });

let world: World;
before(async () => {
  // Tokens of the portal are good for as long as they say; the provider's word holds ten minutes
  world = await startWorld(
    { COUNTERSIGN_KEY: KEY.toString('base64') },
    { shop: 'reproof: 600', portal: 'reproof: token' },
  );
});
after(() => world.close());

const claimsOf = (jwt: string): { exp: number; until?: number; sub: string } =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
const at = (deploymentId: string, token?: string) =>
  world.connect({ deploymentId, ...(token && { token }) });
const atPortal = (token?: string) => at(deployments.portal, token);
const atShop = (token?: string) => at(deployments.shop, token);
const inSeconds = (seconds: number) => Math.floor(world.clock.now() / 1000) + seconds;
/** A token of the portal that is good for so long. */
const signInFor = (sub: string, seconds: number) =>
  world.signInAtPortal({ sub, exp: inSeconds(seconds) });
const refresh = (refreshToken: string | undefined) => world.post(REFRESH, { refreshToken });

test('[GA63] the JWT says until when its proof stands, and lasts no longer', async () => {
  const exp = inSeconds(60);
  const short = claimsOf((await world.signInAtPortal({ sub: 'short', exp })).jwt);
  assert.deepEqual([short.until, short.exp], [exp, exp]);
  const { until = 0, exp: end } = claimsOf((await world.signInAtProvider()).jwt);
  assert.ok(until > inSeconds(590) && until <= inSeconds(600));
  assert.equal(end, until);
});

test('[GA64] a proof that runs out lapses: the log, the agent and the messages say so', async () => {
  const { jwt } = await signInFor('lapses', 60);
  const client = await atPortal();
  await client.signIn(jwt);
  assert.equal((await client.say('While it stands')).body.metadata?.authenticated, 'true');
  const { id, identity } = await conversationWith(world, 'While it stands');
  assert.equal(Date.parse(identity.until ?? ''), claimsOf(jwt).exp * 1000);
  world.clock.advance(61_000);
  // By the clock at once, whether the sweep has come or not
  assert.equal((await readConversation(world, id)).authenticated, false);
  await untilLapsed(world, id);
  const [, lapsed] = await signInEntries(world, id);
  assert.deepEqual([lapsed?.kind, lapsed?.from.role], ['lapsed', 'system']);
  assert.deepEqual(lapsed?.data, {
    setting: 'Portal token',
    subject: 'lapses',
    until: identity.until,
  });
  const echo = await client.say('Still here');
  assert.equal(echo.code, 200, 'the session goes on');
  assert.equal(echo.body.metadata?.authenticated, undefined);
  const last = (await entries(world, id)).at(-1);
  assert.deepEqual([last?.identityState, last?.authenticated], ['lapsed', false]);
});

test('[GA65] the same person proves themselves again on the open socket: verified, routed once', async () => {
  const { jwt } = await signInFor('renews', 60);
  const client = await atPortal();
  await client.signIn(jwt);
  const tab = await atPortal(client.token);
  await tab.signIn(jwt);
  await client.say('Before');
  const { id } = await conversationWith(world, 'Before');
  world.clock.advance(61_000);
  await untilLapsed(world, id);
  assert.equal((await client.signIn(jwt)).code, 401, 'the old one renews nothing');
  const again = await signInFor('renews', 300);
  const { code, body } = await client.signIn(again.jwt);
  assert.deepEqual([code, body.newSession, body.connected], [200, false, true]);
  const renewed = await readConversation(world, id);
  assert.equal(renewed.authenticated, true);
  assert.equal(Date.parse(renewed.identity.until ?? ''), claimsOf(again.jwt).exp * 1000);
  const kinds = (await signInEntries(world, id)).map(({ kind, data }) => [kind, data?.renewed]);
  assert.deepEqual(kinds, [
    ['signed-in', undefined],
    ['lapsed', undefined],
    ['signed-in', true],
  ]);
  const queued = (await entries(world, id)).filter(({ kind }) => kind === 'queued');
  assert.equal(queued.length, 1);
  const echo = await tab.say('From the other tab');
  assert.equal(echo.body.metadata?.authenticated, 'true');
  await client.nextText('From the other tab');
});

test('[GA65] a renewal in time moves the end and writes nothing', async () => {
  const client = await atPortal();
  await client.signIn((await signInFor('in-time', 60)).jwt);
  await client.say('Going on quietly');
  const { id } = await conversationWith(world, 'Going on quietly');
  world.clock.advance(30_000);
  const { jwt } = await signInFor('in-time', 120);
  await client.signIn(jwt);
  world.clock.advance(60_000);
  const { authenticated, identity } = await readConversation(world, id);
  assert.deepEqual([authenticated, (await signInEntries(world, id)).length], [true, 1]);
  assert.equal(Date.parse(identity.until ?? ''), claimsOf(jwt).exp * 1000);
});

test('[GA64] of two devices the later proof counts, and a device without one is not verified', async () => {
  const [phone, desk] = [await atPortal(), await atPortal()];
  await phone.signIn((await signInFor('two', 60)).jwt);
  await phone.say('From the phone');
  const { id } = await conversationWith(world, 'From the phone');
  const { jwt } = await signInFor('two', 180);
  await desk.signIn(jwt);
  world.clock.advance(61_000);
  const { authenticated, identity } = await readConversation(world, id);
  assert.equal(authenticated, true);
  assert.equal(Date.parse(identity.until ?? ''), claimsOf(jwt).exp * 1000);
  assert.equal((await desk.say('I am proven')).body.metadata?.authenticated, 'true');
  assert.equal((await phone.say('I was')).body.metadata?.authenticated, undefined);
  const said = (await entries(world, id)).filter(({ kind }) => kind === 'message');
  assert.deepEqual(
    said.map(({ identityState }) => identityState),
    ['verified', 'verified', 'lapsed'],
  );
  world.clock.advance(120_000);
  await untilLapsed(world, id);
});

test('[GA66] another person on the same socket: a new session, and nothing of the first', async () => {
  const client = await atPortal();
  await client.signIn((await signInFor('first', 600)).jwt);
  const tab = await atPortal(client.token);
  await tab.signIn((await signInFor('first', 600)).jwt);
  await client.say('Mine alone');
  const { id } = await conversationWith(world, 'Mine alone');
  const { body } = await client.signIn((await signInFor('second', 600)).jwt);
  assert.equal(body.newSession, true);
  await tab.nextOf('ConnectionClosedEvent');
  await tab.closed();
  assert.equal((await world.history(client)).body.total, 0);
  await client.say('Somebody else');
  assert.equal((await world.history(client)).body.total, 2);
  assert.equal((await readConversation(world, id)).state, 'closed');
});

test('[GA54] [GA67] refreshing asks the provider, and moves the end of the proof', async () => {
  const { jwt, refreshToken } = await world.signInAtProvider('u-1012');
  const client = await atShop();
  await client.signIn(jwt);
  await client.say('Asked again');
  const { id, identity } = await conversationWith(world, 'Asked again');
  world.clock.advance(TEN_MINUTES / 2);
  const { status, body } = await refresh(refreshToken);
  assert.equal(status, 200);
  assert.ok((claimsOf(body.jwt ?? '').until ?? 0) > (claimsOf(jwt).until ?? 0));
  const moved = await readConversation(world, id);
  assert.ok(Date.parse(moved.identity.until ?? '') > Date.parse(identity.until ?? ''));
  assert.equal(moved.identity.since, identity.since);
  assert.equal((await signInEntries(world, id)).length, 1);
  // The first refresh token and the rotated one of the provider go on, after a lapse too
  world.clock.advance(TEN_MINUTES * 2);
  await untilLapsed(world, id);
  assert.equal((await refresh(refreshToken)).status, 200);
  const again = await readConversation(world, id);
  assert.equal(again.authenticated, true);
  assert.equal((await signInEntries(world, id)).at(-1)?.data?.renewed, true);
  assert.equal((await client.say('And on')).body.metadata?.authenticated, 'true');
});

test('[GA67] tabs and nodes that refresh at once ask the provider once', async () => {
  const { refreshToken } = await world.signInAtProvider('u-1019');
  const other = await world.deafNode();
  const there = async () => {
    const body = JSON.stringify({ refreshToken });
    const headers = { 'content-type': 'application/json' };
    return (await fetch(other.url + REFRESH, { method: 'POST', headers, body })).status;
  };
  const before = await renewalsAsked();
  const asked = Array.from({ length: 4 }, () => [refresh(refreshToken), there()]).flat();
  const statuses = (await Promise.all(asked)).map((answer) =>
    typeof answer === 'number' ? answer : answer.status,
  );
  assert.deepEqual(statuses, Array(8).fill(200));
  assert.equal((await renewalsAsked()) - before, 1);
});

test('[GA67] a node that died while it asked blocks the sign-in no longer than its turn', async () => {
  const { jwt, refreshToken } = await world.signInAtProvider('u-1007');
  await world.node.database.pool.query('update grants set renewing_until = $2 where id = $1', [
    claimsOf(jwt).sub,
    world.clock.now() + 30_000,
  ]);
  const before = await renewalsAsked();
  const waiting = refresh(refreshToken);
  assert.equal(await renewalsAsked(), before);
  world.clock.advance(30_000);
  assert.equal((await waiting).status, 200);
  assert.equal((await grant(jwt)).renewing_until, null);
});

test('[GA67] I7 what the provider gave is sealed, in no answer, and gone after signing out', async () => {
  const { jwt, refreshToken } = await world.signInAtProvider('u-1007');
  const sealed = async () => {
    const { rows } = await world.node.database.pool.query(
      'select provider_refresh, identity from grants where id = $1',
      [claimsOf(jwt).sub],
    );
    return rows[0];
  };
  const stored = await sealed();
  const [head = ''] = stored.provider_refresh.split('.');
  assert.equal(JSON.parse(Buffer.from(head, 'base64url').toString()).enc, 'A256GCM');
  assert.ok(!JSON.stringify(stored.identity).toLowerCase().includes('refresh'));
  const { body } = await refresh(refreshToken);
  assert.deepEqual(Object.keys(body), ['jwt']);
  const authorization = `bearer ${body.jwt}`;
  await world.request('DELETE', '/api/v2/webdeployments/token/revoke', { authorization });
  assert.equal((await sealed()).provider_refresh, null);
});

test('[GA67] a provider that stands for it no more ends the renewal, and the session when it lapses', async () => {
  const { jwt, refreshToken } = await world.signInAtProvider('u-1019');
  const client = await atShop();
  await client.signIn(jwt);
  await client.say('Until it lapses');
  const { id } = await conversationWith(world, 'Until it lapses');
  await withdraw(await seal.open((await grant(jwt)).provider_refresh));
  const refused = await refresh(refreshToken);
  assert.deepEqual([refused.status, refused.body.code], [401, 'invalid.refresh.token']);
  assert.equal((await refresh(refreshToken)).status, 401);
  assert.equal((await client.say('Not thrown out')).body.metadata?.authenticated, 'true');
  world.clock.advance(TEN_MINUTES + 1000);
  await untilLapsed(world, id);
});

test('[GA68] a provider that is down refuses nobody: 503, and later it goes on', async () => {
  const { jwt, refreshToken } = await world.signInAtProvider('u-1012');
  const before = await grant(jwt);
  await world.provider.goDown();
  const { status, body } = await refresh(refreshToken);
  assert.deepEqual([status, body.code], [503, 'provider.unavailable']);
  assert.deepEqual(await grant(jwt), before);
  await world.provider.comeBack();
  assert.equal((await refresh(refreshToken)).status, 200);
});

/** The provider forgets a refresh token (RFC 7009). */
async function withdraw(token: string): Promise<void> {
  const basic = Buffer.from(`countersign:${CLIENT_SECRET}`).toString('base64');
  const answer = await fetch(`${world.provider.issuer}/token/revocation`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ token, token_type_hint: 'refresh_token' }),
  });
  assert.equal(answer.status, 200, await answer.text());
}

async function grant(jwt: string) {
  const { pool } = world.node.database;
  const { rows } = await pool.query('select * from grants where id = $1', [claimsOf(jwt).sub]);
  return rows[0];
}

async function renewalsAsked(): Promise<number> {
  const { pool } = world.node.database;
  const { rows } = await pool.query('select count(*)::int as count from attempts');
  return rows[0].count;
}
