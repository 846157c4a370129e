// The page API as a site calls it (Guest API spec §14.2).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPageApi, type Plugin } from './page-api.ts';

interface Envelope {
  publisher: string;
  event: string;
  eventName?: string;
  data: unknown;
  time: number;
}

function siteWith() {
  const elsewhere: [string, unknown][] = [];
  const api = createPageApi(async (name, data) => {
    elsewhere.push([name, data]);
    return `${name} done`;
  });
  return { api, elsewhere };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a command gets its options, and its answer goes to the first function', async () => {
  const { api } = siteWith();
  api.run('registerPlugin', 'Shop', (plugin: Plugin) => {
    plugin.registerCommand('add', ({ data, resolve }) => resolve({ added: data }));
  });
  const answer = await new Promise((resolve) => api.run('command', 'Shop.add', { id: 7 }, resolve));
  assert.deepEqual(answer, { added: { id: 7 } });
});

test('options may be left out: the functions come third and fourth', async () => {
  const { api } = siteWith();
  api.run('registerPlugin', 'Shop', (plugin: Plugin) => {
    plugin.registerCommand('ask', ({ data, reject }) => reject(`refused ${data}`));
  });
  const refusal = await new Promise((resolve, reject) =>
    api.run('command', 'Shop.ask', reject, resolve),
  );
  assert.equal(refusal, 'refused undefined');
});

test('a command that no plugin of the page has goes to the panel, with its options', async () => {
  const { api, elsewhere } = siteWith();
  const answer = await new Promise((resolve) =>
    api.run('command', 'Auth.logout', { all: true }, resolve),
  );
  assert.deepEqual(elsewhere, [['Auth.logout', { all: true }]]);
  assert.equal(answer, 'Auth.logout done');
});

test('an event is told in an envelope, later than it is published', async () => {
  const { api } = siteWith();
  const heard: Envelope[] = [];
  api.run('subscribe', 'Shop.sold', (envelope: Envelope) => heard.push(envelope));
  api.plugin('Shop').publish('sold', 3);
  assert.equal(heard.length, 0, 'not while the publisher runs');
  await settled();
  const [envelope] = heard;
  assert.ok(envelope);
  const { time, ...rest } = envelope;
  assert.deepEqual(rest, { publisher: 'Shop', event: 'sold', eventName: 'Shop.sold', data: 3 });
  assert.ok(Math.abs(Date.now() - time) < 60_000, 'epoch milliseconds');
});

test('`ready` is told again to whoever subscribes late, without eventName; other events are not', async () => {
  const { api } = siteWith();
  const heard: Envelope[] = [];
  api.plugin('Shop').ready();
  api.plugin('Shop').publish('sold');
  await settled();
  for (const event of ['Shop.ready', 'Shop.sold'])
    api.run('subscribe', event, (envelope: Envelope) => heard.push(envelope));
  await settled();
  assert.deepEqual(
    heard.map(({ event }) => event),
    ['ready'],
  );
  assert.equal('eventName' in (heard[0] ?? {}), false);
});

test('a second registration under the same name fails, and the first one stays', async () => {
  const { api } = siteWith();
  const register = (answer: string) =>
    api.run('registerPlugin', 'AuthProvider', (plugin: Plugin) =>
      plugin.registerCommand('getAuthCode', ({ resolve }) => resolve(answer)),
    );
  register('first');
  assert.throws(() => register('second'));
  assert.equal(await api.command('AuthProvider.getAuthCode'), 'first');
});

test('who unsubscribed hears nothing more; a plugin keeps data by key', async () => {
  const { api } = siteWith();
  const plugin = api.plugin('Shop');
  let heard = 0;
  const listener = () => {
    heard += 1;
  };
  plugin.subscribe('Shop.sold', listener);
  plugin.publish('sold');
  await settled();
  plugin.unsubscribe('Shop.sold', listener);
  plugin.publish('sold');
  await settled();
  assert.equal(heard, 1);
  assert.equal(plugin.data('settings', { headless: true }), plugin.data('settings'));
});
