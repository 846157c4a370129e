// `countersign apply --prune`: what a file once made and no longer names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ConfigurationEntry } from '@countersign/protocol';
import { runApply } from '../../src/administration/index.ts';
import { environment, supportedExample } from '../configuration-fixtures.ts';
import { GuestClient } from '../guest-api/guest-client.ts';
import { type AdministrationOffice, KEYS, openAdministration } from './office.ts';

let office: AdministrationOffice;
before(async () => {
  office = await openAdministration();
});
after(() => office.close());

const names = async (section: string): Promise<string[]> => {
  const path = `/api/configuration/${section}`;
  const { body } = await office.call<{ items: ConfigurationEntry[] }>('secrets', 'GET', path);
  return body.items.map(({ name }) => name);
};

async function apply(text: string, confirm?: (question: string) => Promise<boolean>) {
  const printed: string[] = [];
  const code = await runApply({
    text,
    fileName: 'countersign.yaml',
    readEnvironment: (name) => environment[name],
    url: office.node.url,
    apiKey: KEYS.secrets,
    prune: true,
    ...(confirm ? { confirm } : {}),
    print: (line) => printed.push(line),
  });
  return { code, printed };
}

const keys = Object.entries(KEYS)
  .map(([name, token]) => `  - { name: ${name} key, token: ${token}, roles: [agent] }`)
  .join('\n')
  .replace(/(secrets key.*)\[agent\]/, '$1[administrator, secrets]')
  .replace(/(administrator key.*)\[agent\]/, '$1[administrator]');
const whole = supportedExample.replace('apiKeys:\n', `apiKeys:\n${keys}\n`);
const without = (text: string, line: RegExp): string => {
  assert.match(text, line);
  return text.replace(line, '');
};
const GREETING = /\nquickReplies:\n.*\n/;

test('it lists, asks, and deletes only what a file made', async () => {
  await office.call('administrator', 'POST', '/api/configuration/quickReplies', {
    object: { title: 'Made here', text: 'By hand' },
  });
  const asked: string[] = [];
  const refused = await apply(without(whole, GREETING), async (question) => {
    asked.push(question);
    return false;
  });
  assert.equal(refused.code, 1);
  assert.deepEqual(asked, ['Delete it?']);
  assert.deepEqual(refused.printed, [
    'would delete quickReplies Greeting (en)',
    'nothing was changed',
  ]);
  assert.deepEqual(await names('quickReplies'), ['Greeting (en)', 'Made here (en)']);

  const done = await apply(without(whole, GREETING), async () => true);
  assert.equal(done.code, 0);
  assert.ok(done.printed.includes('deleted   quickReplies Greeting (en)'), done.printed.join('\n'));
  assert.deepEqual(await names('quickReplies'), ['Made here (en)']);
});

test('nothing goes that something else still names, and then nothing changes at all', async () => {
  await office.call('administrator', 'POST', '/api/configuration/workstreams', {
    object: { name: 'Made here', fallbackQueue: 'Guests' },
  });
  const smaller = whole
    .replace(/ {2}- \{ name: Guests.*\n/, '')
    .replaceAll('fallbackQueue: Guests', 'fallbackQueue: Signed-in customers');
  const { code, printed } = await apply(smaller, async () => true);
  assert.equal(code, 1);
  assert.match(
    printed.join('\n'),
    /queue Guests cannot be deleted: workstream Made here refers to it/,
  );
  const workstream = await office.entry('workstreams', 'Web chat');
  assert.equal(Object(workstream.object).fallbackQueue, 'Guests');
});

test('nothing goes that an open conversation hangs on', async () => {
  const temporary = whole.replace('\nqueues:\n', '\nqueues:\n  - { name: Passing, priority: 5 }\n');
  assert.equal((await apply(temporary, async () => true)).code, 0);
  const configuration = { name: 'Open to all' };
  const path = '/api/configuration';
  await office.call('secrets', 'POST', `${path}/messengerConfigurations`, {
    object: configuration,
  });
  const object = {
    name: 'open',
    configuration: 'Open to all',
    workstream: 'Web chat',
    allowAllDomains: true,
  };
  const made = await office.call('secrets', 'POST', `${path}/deployments`, { object });
  const queue = await office.entry('queues', 'Passing');
  const guest = await GuestClient.connect(office.node.url, { deploymentId: made.body.id });
  await guest.configure();
  await guest.say('hello');
  const { body } = await office.call<{ items: { id: string }[] }>(
    'secrets',
    'GET',
    '/api/conversations',
  );
  const moved = `/api/conversations/${body.items[0]?.id}/transfer`;
  assert.equal((await office.call('secrets', 'POST', moved, { queue: 'Passing' })).status, 200);
  const { code, printed } = await apply(whole, async () => true);
  assert.equal(code, 1);
  assert.match(printed.join(), /Passing cannot be deleted: 1 open conversations hang on it/);
  assert.deepEqual(await office.entry('queues', 'Passing'), queue);
  await guest.close();
});
