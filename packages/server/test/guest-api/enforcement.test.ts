// A site that cannot prove its customers yet: who gives no proof, and who gives a bad one.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { AuthenticationSettingStatus } from '@countersign/protocol';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { conversationWith } from './agent.ts';
import { API_KEY, deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const Statuses = Type.Object({ items: Type.Array(AuthenticationSettingStatus) });
const EXCHANGE = '/api/v2/webdeployments/token/signedtokenexchange';

async function portalSetting() {
  const { text } = await world.agent('GET', '/api/authentication-settings');
  const { items } = Value.Parse(Statuses, JSON.parse(text));
  const setting = items.find(({ name }) => name === 'Portal token');
  assert.ok(setting);
  return setting;
}

async function enforce(enforcement: string): Promise<void> {
  const [source] = (await portalSetting()).sources;
  const body = `authenticationSettings:
  - name: Portal token
    type: signed-token
    publicKeyUrl: ${source?.url}
    clientFunction: auth.getAuthenticationToken
    issuer: portal.example
    audience: countersign
    enforcement: ${enforcement}
`;
  const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'text/yaml' };
  const answer = await fetch(`${world.url}/api/configuration`, { method: 'POST', headers, body });
  assert.equal(answer.status, 200, await answer.text());
}

async function stored(): Promise<unknown> {
  const { pool } = world.node.database;
  const of = async (table: string) => (await pool.query(`select * from ${table} order by 1`)).rows;
  return [await of('sessions'), await of('grants'), await of('conversations')];
}

const atPortal = () => world.connect({ deploymentId: deployments.portal });

for (const enforcement of ['off', 'observe', 'enforced']) {
  test(`[T23] Invariant 6: a bad proof is refused where enforcement is ${enforcement}, and nothing is stored`, async () => {
    await enforce(enforcement);
    const [before, refusedBefore] = [await stored(), (await portalSetting()).wouldBeRefused];
    const token = world.portalToken({ exp: 1_000_000_000 });
    const answer = await world.post(EXCHANGE, { deploymentId: deployments.portal, token });
    assert.equal(answer.status, 401);
    const client = await atPortal();
    const { code } = await client.ask({
      action: 'configureAuthenticatedSession',
      deploymentId: deployments.portal,
      data: { code: `${token.slice(0, -2)}AA` },
    });
    assert.equal(code, 401);
    assert.deepEqual(await stored(), before);
    const { wouldBeRefused, lastFailure } = await portalSetting();
    assert.equal(lastFailure?.reason, 'expired');
    assert.deepEqual(wouldBeRefused, refusedBefore, 'who brings a bad proof is no guest');
  });
}

test('enforced: a guest is refused', async () => {
  await enforce('enforced');
  const client = await atPortal();
  const before = await stored();
  assert.notEqual((await client.configure()).code, 200);
  assert.deepEqual(await stored(), before);
});

test('observe: guests chat and are counted, and clients are told that they may sign in later', async () => {
  await enforce('observe');
  const { last7d } = (await portalSetting()).wouldBeRefused;
  const client = await atPortal();
  assert.equal((await client.configure()).code, 200);
  const word = `guest ${randomUUID()}`;
  await client.say(word);
  assert.equal((await conversationWith(world, word)).authenticated, false);
  assert.equal((await portalSetting()).wouldBeRefused.last7d, last7d + 1);
  const path = `/webdeployments/v1/deployments/${deployments.portal}/config.json`;
  const config = JSON.parse((await world.request('GET', path)).text);
  assert.deepEqual(config.auth, { enabled: true, allowSessionUpgrade: true });
  assert.deepEqual(config.countersign.authentication, {
    type: 'signed-token',
    clientFunction: 'auth.getAuthenticationToken',
    guests: true,
  });
  const { jwt } = await world.signInAtPortal({ sub: 'later' });
  await client.signIn(jwt);
  await client.say('proven now');
  assert.equal((await conversationWith(world, 'proven now')).authenticated, true);
  await enforce('enforced');
  const strict = JSON.parse((await world.request('GET', path)).text);
  assert.deepEqual(strict.auth, { enabled: true, allowSessionUpgrade: false });
  assert.equal(strict.countersign.authentication.guests, undefined);
});
