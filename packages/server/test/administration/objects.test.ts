// Objects are created, changed and deleted over HTTP.
import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AuditEntry, ConfigurationEntry } from '@countersign/protocol';
import { type RunExport, runExport } from '../../src/administration/index.ts';
import { GuestClient } from '../guest-api/guest-client.ts';
import { type AdministrationOffice, KEYS, openAdministration } from './office.ts';

const DEPLOYMENT = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11';
let office: AdministrationOffice;
before(async () => {
  office = await openAdministration();
});
after(() => office.close());

const put = (entry: ConfigurationEntry, changed: object, version = entry.version) =>
  office.call('administrator', 'PUT', `/api/configuration/${entry.section}/${entry.id}`, {
    object: { ...Object(entry.object), ...changed },
    version,
  });

const remove = (entry: ConfigurationEntry, version = entry.version) =>
  office.call(
    'administrator',
    'DELETE',
    `/api/configuration/${entry.section}/${entry.id}?version=${version}`,
  );

const audit = async (id: string): Promise<AuditEntry[]> => {
  const path = `/api/audit?object=${id}`;
  return (await office.call<{ items: AuditEntry[] }>('administrator', 'GET', path)).body.items;
};

test('what is created is in force, is changed, renamed where it is named, and deleted', async () => {
  const object = { name: 'Returns', priority: 4, members: ['maria@shop.example'] };
  const created = await office.call('administrator', 'POST', '/api/configuration/queues', {
    object,
  });
  assert.equal(created.status, 201, created.text);
  assert.equal(created.body.updatedBy?.name, 'administrator key');
  assert.equal(created.body.version, 1);

  const workstream = await office.entry('workstreams', 'Web chat');
  const routed = await put(workstream, { fallbackQueue: 'Returns' });
  assert.equal(routed.status, 200, routed.text);
  const renamed = await put(created.body, { name: 'Parcels back' });
  assert.equal(renamed.status, 200, renamed.text);
  assert.equal(renamed.body.usedBy?.[0]?.name, 'Web chat');
  const after = await office.entry('workstreams', 'Web chat');
  assert.equal(Object(after.object).fallbackQueue, 'Parcels back');

  const refused = await remove(renamed.body);
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, 'in_use');
  assert.equal(refused.body.usedBy?.[0]?.name, 'Web chat');
  assert.equal((await put(after, { fallbackQueue: 'Guests' })).status, 200);
  assert.equal((await remove(renamed.body)).status, 204);
  await assert.rejects(office.entry('queues', 'Parcels back'));

  const actions = (await audit(created.body.id)).map(({ action }) => action);
  assert.deepEqual(actions, ['deleted', 'updated', 'created']);
});

test('every fault is named at its field, and nothing is written', async () => {
  const entry = await office.entry('authenticationSettings', 'Shop sign-in');
  const { status, body } = await put(entry, {
    discoveryUri: 'shop',
    refreshTokenLifetime: 5,
    clientid: 'typing error',
  });
  assert.equal(status, 422);
  const paths = body.faults?.map(({ path }) => path) ?? [];
  assert.deepEqual(paths.toSorted(), [
    // Where the stored secret is sent to would be another place
    'clientSecret',
    ...['clientid', 'discoveryUri', 'refreshTokenLifetime'],
  ]);
  assert.deepEqual(await office.entry('authenticationSettings', 'Shop sign-in'), entry);

  const workstream = await office.entry('workstreams', 'Web chat');
  const nested = await put(workstream, {
    routeToQueue: [{ when: { all: [{ variable: 'nobody_knows', is: 'x' }] }, queue: 'Nowhere' }],
  });
  assert.equal(nested.status, 422);
  assert.deepEqual(
    nested.body.faults?.map(({ path }) => path),
    ['routeToQueue[0].when.all[0].variable', 'routeToQueue[0].queue'],
  );
});

test('a change that others would suffer from is refused and says whose fault it would be', async () => {
  const workstream = await office.entry('workstreams', 'Web chat');
  const { status, body } = await put(workstream, { channel: 'apple' });
  assert.equal(status, 422);
  assert.match(body.faults?.[0]?.message ?? '', /deployment shop\.example: .*channel web/);
});

test('two administrators at once: the second is told, and nothing of the first is lost', async () => {
  const entry = await office.entry('quickReplies', 'Greeting (en)');
  const [first, second] = await Promise.all([
    put(entry, { text: 'From the first' }),
    put(entry, { text: 'From the second' }),
  ]);
  assert.deepEqual([first.status, second.status].toSorted(), [200, 409]);
  const told = first.status === 409 ? first : second;
  assert.equal(told.body.code, 'changed_meanwhile');
  const now = await office.entry('quickReplies', 'Greeting (en)');
  assert.deepEqual(told.body.current, now);
  assert.equal(now.version, entry.version + 1);
  assert.equal((await remove(entry)).status, 409);
  assert.equal((await put(now, { text: 'On top' })).status, 200);
});

test('a name is taken once, and the last administrator stays', async () => {
  const taken = await office.call('administrator', 'POST', '/api/configuration/queues', {
    object: { name: 'Guests' },
  });
  assert.equal(taken.status, 422);
  assert.equal(taken.body.faults?.[0]?.path, 'name');
  const ada = await office.entry('users', 'admin@shop.example');
  const path = `/api/configuration/users/${ada.id}`;
  const object = { ...Object(ada.object), roles: ['agent'] };
  const demoted = await office.call('secrets', 'PUT', path, { object, version: ada.version });
  assert.equal(demoted.status, 422);
  assert.equal(demoted.body.faults?.[0]?.path, 'roles');
  const gone = await office.call('secrets', 'DELETE', `${path}?version=${ada.version}`);
  assert.equal(gone.status, 422, gone.text);
  assert.deepEqual(await office.entry('users', 'admin@shop.example'), ada);
});

test('a person who is deleted leaves their queues and cannot sign in', async () => {
  const object = {
    email: 'tom@shop.example',
    name: 'Tom',
    roles: ['agent'],
    password: 'a password of Tom',
  };
  const { body: tom } = await office.call('administrator', 'POST', '/api/configuration/users', {
    object,
  });
  const queue = await office.entry('queues', 'Guests');
  const members = [...Object(queue.object).members, 'tom@shop.example'];
  assert.equal((await put(queue, { members })).status, 200);
  const signIn = () =>
    fetch(`${office.node.url}/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: office.node.url },
      body: JSON.stringify({ email: object.email, password: object.password }),
    });
  assert.equal((await signIn()).status, 200);
  assert.equal((await remove(tom)).status, 204);
  assert.equal((await signIn()).status, 401);
  const after = await office.entry('queues', 'Guests');
  assert.deepEqual(Object(after.object).members, Object(queue.object).members);
});

test('a draft is seen by nobody until it is published, and an older version can be put back', async () => {
  const entry = await office.entry('messengerConfigurations', 'Shop messenger');
  const path = `/api/configuration/messengerConfigurations/${entry.id}`;
  const config = async () => {
    const url = `${office.node.url}/webdeployments/v1/deployments/${DEPLOYMENT}/config.json`;
    const body = await (await fetch(url)).json();
    return body.messenger.styles.primaryColor;
  };
  const before = await config();
  const object = { ...Object(entry.object), appearance: { primaryColor: '#123456' } };
  const saved = await office.call('administrator', 'PUT', `${path}/draft`, { object, version: 0 });
  assert.equal(saved.status, 200, saved.text);
  assert.equal(Object(saved.body.draft?.object).appearance.primaryColor, '#123456');
  assert.equal(await config(), before);
  const late = await office.call('administrator', 'PUT', `${path}/draft`, { object, version: 0 });
  assert.equal(late.status, 409);

  const published = await office.call('administrator', 'POST', `${path}/publish`, { version: 1 });
  assert.equal(published.status, 200, published.text);
  assert.equal(published.body.version, entry.version + 1);
  assert.equal(published.body.draft, undefined);
  assert.equal(await config(), '#123456');

  const { body } = await office.call<{ items: { version: number; object: object }[] }>(
    'administrator',
    'GET',
    `${path}/versions`,
  );
  assert.deepEqual(
    body.items.map(({ version }) => version),
    [2, 1],
  );
  const back = await office.call('administrator', 'PUT', path, {
    object: body.items[1]?.object,
    version: 2,
  });
  assert.equal(back.status, 200, back.text);
  assert.equal(await config(), before);
});

test('a messenger configuration may be a draft before it is anything else', async () => {
  const path = '/api/configuration/messengerConfigurations';
  const made = await office.call('administrator', 'POST', `${path}/drafts`, {
    object: { name: 'Not yet' },
  });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.body.version, 0);
  const used = await office.call('administrator', 'POST', '/api/configuration/deployments', {
    object: { name: 'early', configuration: 'Not yet', workstream: 'Web chat' },
  });
  assert.equal(used.body.faults?.[0]?.path, 'configuration');
  const publish = `${path}/${made.body.id}/publish`;
  assert.equal(
    (await office.call('administrator', 'POST', publish, { version: 1 })).body.version,
    1,
  );
  assert.equal((await office.entry('messengerConfigurations', 'Not yet')).version, 1);
});

test('a deployment with an open conversation stays; without one its guests are told to go', async () => {
  const object = {
    name: 'short-lived',
    configuration: 'Not yet',
    workstream: 'Web chat',
    allowAllDomains: true,
  };
  const { body: made, text } = await office.call(
    'administrator',
    'POST',
    '/api/configuration/deployments',
    { object },
  );
  assert.ok(made.id, text);
  const guest = await GuestClient.connect(office.node.url, { deploymentId: made.id });
  await guest.configure();
  const effects = () =>
    office.call<{ liveSessions: number; openConversations: number }>(
      'developer',
      'GET',
      `/api/configuration/deployments/${made.id}/effects`,
    );
  assert.equal((await effects()).body.liveSessions, 1);
  await guest.say('hello');
  assert.equal((await effects()).body.openConversations, 1);
  const refused = await remove(made);
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, 'in_use');

  const { body } = await office.call<{ items: { id: string }[] }>(
    'administrator',
    'GET',
    '/api/conversations',
  );
  for (const { id } of body.items) {
    await office.call('administrator', 'POST', `/api/conversations/${id}/end`);
    await office.call('administrator', 'POST', `/api/conversations/${id}/close`);
  }
  assert.equal((await remove(made)).status, 204);
  const { rows } = await office.node.database.pool.query(
    'select count(*)::int as live from sessions where deployment_id = $1 and ended_at is null',
    [made.id],
  );
  assert.equal(rows[0]?.live, 0);
  await guest.close();
});

test('the audit says who, when, by which door, and which secret is another; it is filtered and exported', async () => {
  const hook = await office.entry('webhooks', 'https://crm.shop.example/hooks');
  assert.equal((await put(hook, { secret: 'another secret of the hook' })).status, 200);
  const [entry] = await audit(hook.id);
  assert.ok(entry);
  assert.deepEqual(
    [entry.actor.name, entry.via, entry.action],
    ['administrator key', 'api', 'updated'],
  );
  assert.deepEqual(Object(entry.before).secret, { sealed: true });
  assert.deepEqual(Object(entry.after).secret, { sealed: true, changed: true });

  const page = await office.call<{ items: AuditEntry[]; next?: string }>(
    'administrator',
    'GET',
    '/api/audit?actor=SERVE&limit=3',
  );
  assert.equal(page.body.items.length, 3);
  assert.ok(page.body.items.every(({ actor }) => actor.kind === 'node'));
  const next = `/api/audit?actor=SERVE&limit=3&cursor=${page.body.next}`;
  const { body } = await office.call<{ items: AuditEntry[] }>('administrator', 'GET', next);
  const ids = new Set([...page.body.items, ...body.items].map(({ id }) => id));
  assert.equal(ids.size, 6);
  const csv = await office.call('administrator', 'GET', '/api/audit.csv?section=webhooks');
  assert.match(csv.text, /^at,actor,action,via,section,object,id,before,after\r\n/);
  assert.match(csv.text, /administrator key,updated,api,webhooks/);
});

test('export-config prints the file, writes it for its owner alone, and says why it cannot', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cs-export-'));
  const out = join(folder, 'countersign.yaml');
  const printed: string[] = [];
  const told: string[] = [];
  const run = (more: Partial<RunExport>) =>
    runExport({
      url: office.node.url,
      apiKey: KEYS.administrator,
      secrets: false,
      out: undefined,
      print: (text) => void printed.push(text),
      tell: (line) => void told.push(line),
      ...more,
    });
  assert.equal(await run({}), 0);
  assert.match(printed[0] ?? '', /^authenticationSettings:$/m);
  assert.equal(await run({ out, secrets: true, apiKey: KEYS.secrets }), 0);
  assert.equal((await stat(out)).mode & 0o777, 0o600);
  assert.equal(await run({ secrets: true }), 1);
  assert.match(told.at(-1) ?? '', /403: .*role secrets/);
  assert.equal(await run({ apiKey: undefined }), 2);
  assert.equal(await run({ url: 'http://127.0.0.1:9' }), 2);
  await rm(folder, { recursive: true });
});
