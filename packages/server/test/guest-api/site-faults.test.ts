// What a page's own code did instead of giving a proof is recorded and answered like a refused one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Attempt } from '@countersign/protocol';
import { sql } from 'kysely';
import { deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const PATH = '/api/v2/webdeployments/token/sitefault';
const report = (deploymentId: string, fault: string, headers?: Record<string, string>) =>
  world.post(PATH, { deploymentId, fault }, headers);

async function attempt(reference: string | undefined): Promise<Attempt> {
  const { status, text } = await world.agent('GET', `/api/attempts/${reference}`);
  assert.equal(status, 200, text);
  return JSON.parse(text);
}

async function attemptsStored(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from attempts`.execute(
    world.node.database.kysely,
  );
  return rows[0]?.count ?? -1;
}

const FAULTS = [
  ['missing', 'site_function_missing', /no global function/, /not registered/],
  ['threw', 'site_function_failed', /threw an error/, /threw or rejected/],
  ['empty', 'site_no_token', /gave no token/, /without `authCode`/],
  ['timeout', 'site_timeout', /did not call its callback/, /did not answer within 10 s/],
] as const;

for (const [fault, reason, ofFunction, ofProvider] of FAULTS)
  test(`the fault ${fault} names what the site has to change`, async () => {
    for (const [deployment, name, hint] of [
      [deployments.portal, /`auth\.getAuthenticationToken`/, ofFunction],
      [deployments.shop, /`AuthProvider`/, ofProvider],
    ] as const) {
      const answer = await report(deployment, fault);
      assert.deepEqual([answer.status, answer.body.code], [401, 'authentication.failed']);
      const stored = await attempt(answer.body.reference);
      assert.deepEqual([stored.outcome, stored.reason], ['refused', reason]);
      assert.equal(stored.deployment, deployment);
      assert.match(stored.hint ?? '', name);
      assert.match(stored.hint ?? '', hint);
      assert.equal(stored.checks.at(-1)?.passed, false);
    }
  });

test('a deployment without a setting is told so', async () => {
  const answer = await report(deployments.open, 'missing');
  assert.match((await attempt(answer.body.reference)).hint ?? '', /no authentication setting/);
});

test('attempts are filtered by setting, name or id, together with outcome and reason', async () => {
  const { body } = await report(deployments.portal, 'empty');
  await report(deployments.shop, 'empty');
  const list = async (query: string) => {
    const { status, text } = await world.agent('GET', `/api/attempts?${query}`);
    assert.equal(status, 200, text);
    const page: { items: Attempt[] } = JSON.parse(text);
    return page.items;
  };
  const byName = await list('setting=Portal%20token&reason=site_no_token&outcome=refused');
  assert.equal(byName[0]?.reference, body.reference);
  assert.deepEqual([...new Set(byName.map(({ setting }) => setting))], ['Portal token']);
  assert.deepEqual(await list(`setting=${byName[0]?.settingId}&reason=site_no_token`), byName);
  assert.deepEqual(await list('setting=Portal%20token&outcome=accepted'), []);
  assert.deepEqual(await list('setting=Nobody'), []);
  assert.equal((await world.agent('GET', '/api/attempts?reason=bored')).status, 400);
  const typed = body.reference?.toLowerCase().replace('-', ' ');
  assert.equal((await attempt(encodeURIComponent(typed ?? ''))).reference, body.reference);
  assert.equal((await world.agent('GET', '/api/attempts/AAAA-AAAA')).status, 404);
});

test('what is no report, no deployment or not its page stores nothing', async () => {
  const before = await attemptsStored();
  assert.equal((await report(deployments.portal, 'bored')).status, 400);
  assert.equal((await report('6c0c2f0e-0000-4d0e-9d6e-0d6a3c1f7a11', 'missing')).status, 404);
  assert.equal((await report(deployments.inactive, 'missing')).status, 404);
  const foreign = await report(deployments.portal, 'missing', { origin: 'https://evil.example' });
  assert.equal(foreign.status, 403);
  assert.equal(await attemptsStored(), before);
});

test('[GA104] S04 a flood of reports is refused, and stores no more than the limit', async () => {
  const before = await attemptsStored();
  const statuses: number[] = [];
  world.clock.advance(60_000);
  for (let count = 0; count < 70; count += 1)
    statuses.push((await report(deployments.portal, 'empty')).status);
  assert.deepEqual([...new Set(statuses)], [401, 429]);
  const stored = (await attemptsStored()) - before;
  assert.equal(stored, statuses.filter((status) => status === 401).length);
  assert.ok(stored >= 60 && stored < 70, `${stored} of 70`);
});
