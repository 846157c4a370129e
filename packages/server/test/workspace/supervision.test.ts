// What supervisors watch, and the texts that agents send often.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Conversation, QuickReply, Supervision } from '@countersign/protocol';
import { type Office, openOffice, PICK, type Staff } from './office.ts';

const MORE = `
operatingHours:
  - { name: Never, timeZone: Europe/Berlin, weekly: {} }
quickReplies:
  - { title: Hallo, locale: de, text: "Guten Tag" }
  - { title: Hello, locale: en, tags: [greeting], text: "Hello {FirstName{Customer}}" }
  - { title: Servus, locale: de-at, workstreams: [Push], text: "Servus" }
  - { title: Salut, locale: ro, workstreams: [Pick], text: "Buna ziua" }
`;

let office: Office;
let maria: Staff;
let tom: Staff;
let ines: Staff;

before(async () => {
  office = await openOffice(
    (configuration) =>
      configuration.replace('{ name: Only Tom,', '{ name: Only Tom, operatingHours: Never,') + MORE,
  );
  ({ maria, tom, ines } = await office.staff());
});
after(() => office.close());

test('a supervisor sees what waits, since when, and what each agent has in hand', async () => {
  await maria.live();
  await maria.available();
  await office.guest('taken');
  await office.guest('offered');
  await office.guest('waits');
  await office.guest('waits for Tom', PICK);
  const { body } = await ines.call('GET', '/api/conversations?queue=Guests&state=offered');
  const [first] = body.items as Conversation[];
  assert.equal((await maria.call('POST', `/api/conversations/${first?.id}/accept`)).status, 200);
  office.clock.advance(42_000);
  const seen = await ines.call<Supervision>('GET', '/api/supervision');
  assert.equal(seen.status, 200);
  const queue = (name: string) => seen.body.queues.find((one) => one.name === name);
  const guests = queue('Guests');
  assert.ok(guests && guests.longestWaitSeconds >= 42 && guests.longestWaitSeconds < 60);
  assert.deepEqual(
    [guests.open, guests.waiting, guests.offered, guests.active, guests.wrapUp],
    [true, 1, 1, 1, 0],
  );
  assert.deepEqual([guests.agentsAvailable, guests.agents], [0, 2], 'who is full is not available');
  const onlyTom = queue('Only Tom');
  assert.deepEqual([onlyTom?.open, onlyTom?.waiting, onlyTom?.agentsAvailable], [false, 1, 0]);
  const [agent] = seen.body.agents.filter(({ id }) => id === maria.id);
  assert.deepEqual([agent?.load, agent?.capacity, agent?.offered, agent?.active], [20, 20, 1, 1]);
  assert.deepEqual([agent?.presence, agent?.chosen], ['dnd', 'available']);
  assert.deepEqual(agent?.queues, ['Guests']);
  const [idle] = seen.body.agents.filter(({ id }) => id === tom.id);
  assert.deepEqual(
    [idle?.presence, idle?.active, idle?.queues],
    ['offline', 0, ['Only Tom', 'Guests']],
  );
});

const titles = async (query: string) => {
  const { body } = await tom.call<QuickReply>('GET', `/api/quick-replies${query}`);
  return body.items.map(({ title }) => title);
};

test('quick replies come in the customer’s language first, and for their workstream', async () => {
  assert.deepEqual((await titles('')).sort(), ['Hallo', 'Hello', 'Salut', 'Servus']);
  assert.deepEqual(await titles('?locale=de-AT'), ['Servus', 'Hallo', 'Hello']);
  assert.deepEqual(await titles('?locale=de'), ['Hallo', 'Hello']);
  assert.deepEqual(await titles('?locale=fr'), ['Hello']);
  assert.deepEqual(await titles('?locale=de-AT&workstream=Pick'), ['Hallo', 'Hello']);
  const { body } = await tom.call<QuickReply>(
    'GET',
    '/api/quick-replies?locale=ro&workstream=Pick',
  );
  const [reply] = body.items;
  const { id: _id, ...shown } = reply ?? {};
  assert.deepEqual(shown, {
    title: 'Salut',
    locale: 'ro',
    tags: [],
    workstreams: ['Pick'],
    text: 'Buna ziua',
  });
});
