import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import {
  type ConfiguredWorld,
  environment,
  example,
  log,
  openWorld,
  seal,
  supportedExample,
} from '../../test/configuration-fixtures.ts';
import { createConfiguration, createStoredObjects, type Origin } from '../configuration/index.ts';
import { localBus, newId } from '../platform/index.ts';

let world: ConfiguredWorld;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

/** Everything that applying writes, for comparing before and after. */
async function stored(): Promise<unknown> {
  const read = (table: string) =>
    sql`select * from ${sql.table(table)} order by 1, 2`.execute(world.database.kysely);
  const tables = ['configuration_objects', 'configuration_versions', 'configuration_state'];
  const people = ['staff_users', 'staff_accounts'];
  return Promise.all([...tables, ...people].map(async (table) => (await read(table)).rows));
}

const actions = async (text: string): Promise<string[]> => {
  const result = await world.apply(text);
  assert.ok('changes' in result, JSON.stringify(result));
  return result.changes.map(({ kind, name, action }) => `${kind} ${name} ${action}`);
};

test('the example applies and is resolved in the snapshot', async () => {
  assert.deepEqual(await actions(supportedExample), [
    'authenticationSettings Shop sign-in created',
    'authenticationSettings Portal token created',
    'authenticationSettings Apple sign-in created',
    'users admin@shop.example created',
    'users maria@shop.example created',
    'operatingHours Office hours created',
    'queues Signed-in customers created',
    'queues Guests created',
    'workstreams Web chat created',
    'workstreams Apple created',
    'messengerConfigurations Shop messenger created',
    'deployments shop.example created',
    'apiKeys integration tests created',
    'appleAccounts Shop on Apple Messages created',
    'richMessages Please sign in created',
    'quickReplies Greeting (en) created',
    'webhooks https://crm.shop.example/hooks created',
  ]);
  const snapshot = world.configuration.current();
  const deployment = snapshot.deployments.get('6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11');
  assert.ok(deployment);
  assert.equal(deployment.configuration.name, 'Shop messenger');
  assert.deepEqual(deployment.configuration.conversations, {
    disconnect: 'ReadOnly',
    clear: true,
    typing: true,
    sessionDuration: 259200,
  });
  const { setting, workstream } = deployment;
  assert.ok(setting?.type === 'openid-connect');
  assert.equal(setting.clientSecret, environment.SHOP_CLIENT_SECRET);
  assert.deepEqual(setting.contextClaims, ['msdyn_isvip']);
  const maria = snapshot.usersByEmail.get('maria@shop.example');
  const queue = (name: string) => [...snapshot.queues.values()].find((one) => one.name === name);
  const signedIn = queue('Signed-in customers');
  assert.deepEqual(signedIn?.members, [maria?.id]);
  assert.equal(workstream.fallbackQueueId, queue('Guests')?.id);
  assert.deepEqual(workstream.routeToQueue[0], {
    when: {
      all: [{ authenticated: true }, { variable: 'msdyn_isvip', is: 'true', signed: true }],
    },
    queues: [{ queueId: signedIn?.id, percent: 100 }],
    priority: 1,
  });
  const [account] = [...snapshot.appleAccounts.values()];
  assert.deepEqual(account?.mspSecrets, [environment.APPLE_MSP_SECRET]);
  assert.equal(account?.workstream.channel, 'apple');
  assert.equal(account?.setting?.clientSecret, environment.APPLE_CLIENT_SECRET);
  const [signInMessage] = account?.setting?.richMessageIds ?? [];
  assert.equal(snapshot.richMessages.get(signInMessage ?? '')?.name, 'Please sign in');
});

test('applying again changes nothing: no row, no version', async () => {
  const before = await stored();
  const version = world.configuration.current().version;
  world.clock.move(60_000);
  for (const line of await actions(supportedExample)) assert.match(line, / unchanged$/);
  assert.deepEqual(await stored(), before);
  assert.equal(world.configuration.current().version, version);
});

test('a change updates the object, keeps its id and publishes a new version of a messenger', async () => {
  const id = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11';
  const first = world.configuration.current().deployments.get(id)?.configuration;
  const changed = await actions(supportedExample.replace('clear: true', 'clear: false'));
  assert.deepEqual(
    changed.filter((line) => !line.endsWith('unchanged')),
    ['messengerConfigurations Shop messenger updated'],
  );
  const second = world.configuration.current().deployments.get(id)?.configuration;
  assert.deepEqual([second?.id, second?.version], [first?.id, (first?.version ?? 0) + 1]);
  const { rows } = await sql<{ version: number; clear: boolean }>`
    select version, (body->'conversations'->>'clear')::boolean as clear
    from configuration_versions order by version`.execute(world.database.kysely);
  assert.deepEqual(rows, [
    { version: 1, clear: true },
    { version: 2, clear: false },
  ]);
  await actions(supportedExample);
});

test('an object with an id is renamed, and two can swap their names', async () => {
  const [one, two] = [...world.configuration.current().queues.values()];
  assert.ok(one && two);
  const swap = `queues:\n  - { id: ${one.id}, name: ${two.name} }\n  - { id: ${two.id}, name: ${one.name} }\n`;
  await actions(swap);
  assert.equal(world.configuration.current().queues.get(one.id)?.name, two.name);
  assert.equal(world.configuration.current().queues.get(two.id)?.name, one.name);
  await actions(
    `queues:\n  - { id: ${one.id}, name: ${one.name} }\n  - { id: ${two.id}, name: ${two.name} }\n`,
  );
  await actions(supportedExample);
});

test('a fault anywhere changes nothing that is stored', async () => {
  const before = await stored();
  const version = world.configuration.current().version;
  const faulty = [
    example.replace('workstream: Apple', 'workstream: Aple'),
    supportedExample
      .replace('Ada Admin', 'Somebody Else')
      .replace('workstream: Web chat', 'workstream: X'),
    supportedExample.replace('Ada Admin', 'Somebody Else').replace('TEST_API_KEY', 'NOT_SET'),
    'users: [{ email: new@shop.example, name: New, roles: [agent] }]\nqueues: [{ nme: X }]\n',
  ];
  for (const text of faulty) {
    const result = await world.apply(text);
    assert.ok('faults' in result);
    for (const line of result.faults) assert.match(line, /^countersign\.yaml:\d+: [\w[\].]+: /);
  }
  assert.deepEqual(await stored(), before);
  assert.equal(world.configuration.current().version, version);
});

test('[P01] a private key is sealed where it is stored, and open for the node', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const text = supportedExample.replace(
    'clientSecret: { env: SHOP_CLIENT_SECRET }',
    'clientAuthentication: private_key_jwt\n    privateKey: { env: SHOP_PRIVATE_KEY }',
  );
  const result = await world.apply(text, { ...environment, SHOP_PRIVATE_KEY: pem });
  assert.ok('changes' in result, JSON.stringify(result));
  const line = pem.split('\n')[3] ?? '';
  assert.ok(line.length > 40 && !JSON.stringify(await stored()).includes(line), 'in the clear');
  const { rows } = await sql<{ sealed: string; secret: string | null }>`
    select body->>'privateKey' as sealed, body->>'clientSecret' as secret
    from configuration_objects where name = 'Shop sign-in'`.execute(world.database.kysely);
  assert.equal(await seal.open(rows[0]?.sealed ?? ''), pem);
  assert.equal(rows[0]?.secret, null);
  const deployment = world.configuration
    .current()
    .deployments.get('6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11');
  assert.ok(deployment?.setting?.type === 'openid-connect');
  assert.equal(deployment.setting.privateKey, pem);
  await actions(supportedExample);
});

test('[P01] no secret stands in a table or in a fault', async () => {
  const tables = JSON.stringify(await stored());
  for (const secret of Object.values(environment)) {
    assert.ok(!tables.includes(secret), 'stored in the clear');
  }
  const { rows } = await sql<{ secret: string }>`
    select body->>'clientSecret' as secret from configuration_objects
    where name = 'Shop sign-in'`.execute(world.database.kysely);
  assert.equal(await seal.open(rows[0]?.secret ?? ''), environment.SHOP_CLIENT_SECRET);
  const result = await world.apply(`${supportedExample}\nusers: []\n`);
  assert.ok('faults' in result);
  assert.doesNotMatch(JSON.stringify(result), /marker-/);
});

test('two files applied at once both arrive, and every object is created once', async () => {
  const queue = (name: string) => `queues: [{ name: ${name} }, { name: Both }]\n`;
  const results = await Promise.all(
    ['One', 'Two', 'Three'].map((name) => world.apply(queue(name))),
  );
  const created = results
    .flatMap((result) => ('changes' in result ? result.changes : []))
    .filter(({ action }) => action === 'created')
    .map(({ name }) => name);
  assert.deepEqual(created.sort(), ['Both', 'One', 'Three', 'Two']);
});

test('another node follows by hint, and by itself within 2 s when the hint is lost', async (t) => {
  const nodes = await Promise.all(
    [world.parts.bus, localBus()].map((bus) =>
      createConfiguration({ ...world.parts, objects: createStoredObjects(seal), bus, log }),
    ),
  );
  t.after(() => Promise.all(nodes.map((node) => node.close())));
  const changed = nodes.map((node) => new Promise((resolve) => node.onChange(resolve)));
  await world.apply('queues: [{ name: Later }]\n');
  await Promise.all(changed);
  for (const node of nodes) {
    assert.ok([...node.current().queues.values()].some(({ name }) => name === 'Later'));
  }

  // One goes and another comes in the same change: as many as before, and not the same
  const gone = nodes.map((node) => new Promise((resolve) => node.onChange(resolve)));
  const origin: Origin = { actor: { kind: 'node', name: 'a test' }, via: 'file' };
  await world.writer.write(origin, async (stored) => {
    const later = stored.find(({ kind, name }) => kind === 'queues' && name === 'Later');
    assert.ok(later);
    return { put: [{ ...later, id: newId(), name: 'Instead' }], remove: [later] };
  });
  await Promise.all(gone);
  for (const node of nodes) {
    const names = [...node.current().queues.values()].map(({ name }) => name);
    assert.deepEqual([names.includes('Later'), names.includes('Instead')], [false, true]);
  }
});
