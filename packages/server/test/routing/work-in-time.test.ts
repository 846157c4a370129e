// What time brings: agents who leave, waits that are too long, turns, and what customers are told meanwhile.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { newId } from '../../src/platform/index.ts';
import type { Agent } from '../../src/routing/index.ts';
import { openRoutingWorld, type RoutingWorld } from './routing-world.ts';

const CONFIGURATION = `
users:
  - { email: ada@shop.example, name: Ada, nickname: Ada, roles: [agent], capacity: 20 }
  - { email: bo@shop.example, name: Bo, nickname: Bo, roles: [agent], capacity: 40 }
operatingHours:
  - { name: Office, timeZone: Europe/Oslo, weekly: { tue: ["08:00-16:00"], wed: ["08:00-16:00"] } }
queues:
  - { name: Both, priority: 1, assignment: round-robin, members: [ada@shop.example, bo@shop.example] }
  - { name: Ada, priority: 2, members: [ada@shop.example] }
  - { name: Office, priority: 3, operatingHours: Office, members: [bo@shop.example] }
  - { name: Patient, priority: 4, overflow: { waitingTime: { above: 60, action: transfer, queue: Back } } }
  - { name: Back, priority: 4, overflow: { waitingTime: { above: 60, action: transfer, queue: Patient } } }
  - { name: Ends, priority: 4, overflow: { waitingTime: { above: 60, action: end } } }
workstreams:
  - { name: Both, capacity: 10, declines: 2, keepSameAgent: true, fallbackQueue: Both }
  - { name: Ada, capacity: 10, fallbackQueue: Ada, automatedMessages: [{ on: agent-disconnected, text: "{AgentName} is gone" }, { on: agent-joined, text: "Hello, {AgentName} here" }, { on: agent-joined, locale: de, text: "Hallo, hier {AgentName}" }] }
  - { name: Office, capacity: 10, fallbackQueue: Office, automatedMessages: [{ on: outside-hours, text: "{QueueName} is closed" }] }
  - { name: Patient, capacity: 10, fallbackQueue: Patient, automatedMessages: [{ on: position-in-queue, text: "{Position} in {QueueName}{Unknown}, {$tier$}" }, { on: next-in-line, text: "You are next" }] }
  - { name: Ends, capacity: 10, fallbackQueue: Ends, automatedMessages: [{ on: overflow-ended, text: "Sorry" }] }
`;

let world: RoutingWorld;
let [ada, bo]: Agent[] = [];
const opened: string[] = [];

before(async () => {
  world = await openRoutingWorld(CONFIGURATION);
});
after(() => world.close());
beforeEach(async () => {
  for (const id of opened.splice(0))
    await world.conversations.change(id, () => ({ set: { state: 'closed' } }));
  [ada, bo] = [world.agent('Ada'), world.agent('Bo')];
  for (const { id } of [ada, bo]) await world.routing.setPresence(id, 'offline');
});

async function arrive(stream: string, more = {}): Promise<string> {
  const { id } = await world.open(stream, more);
  opened.push(id);
  await world.routing.route(id);
  return id;
}

async function told(id: string): Promise<string[]> {
  const entries = await world.conversations.entries(id, { after: 0, limit: 100 });
  return entries.flatMap(({ role, text }) => (role === 'bot' && text !== null ? [text] : []));
}

const agents = (): [Agent, Agent] => {
  assert.ok(ada && bo);
  return [ada, bo];
};

test('who closes the last screen is offline at once; who is back in time is as they were', async () => {
  const [, agent] = agents();
  const other = world.node();
  await world.routing.screenOpened(agent.id);
  await other.screenOpened(agent.id);
  await world.routing.setPresence(agent.id, 'available');
  const id = await arrive('Both');
  assert.equal((await world.read(id)).offeredToId, agent.id);
  const presence = async () => (await world.routing.statuses([agent.id])).get(agent.id)?.presence;
  await world.routing.screenClosed(agent.id);
  assert.equal(await presence(), 'busy', 'another node still has one');
  await other.screenClosed(agent.id);
  assert.equal(await presence(), 'offline');
  const { state, declinedBy } = await world.read(id);
  assert.deepEqual(
    [state, declinedBy],
    ['waiting', []],
    'the offer goes on, and is not held against them',
  );
  world.clock.move(149_000);
  await other.sweep();
  await other.screenOpened(agent.id);
  assert.equal((await world.read(id)).offeredToId, agent.id, 'back, and available as before');
  await other.screenClosed(agent.id);
});

test('who is not back in time loses what they have, and the customer is told', async () => {
  const [agent] = agents();
  await world.routing.screenOpened(agent.id);
  await world.routing.setPresence(agent.id, 'available');
  const id = await arrive('Ada', { locale: 'de-AT' });
  await world.routing.accept(agent, id);
  await world.routing.screenClosed(agent.id);
  world.clock.move(149_000);
  await world.routing.sweep();
  assert.equal((await world.read(id)).state, 'active');
  world.clock.move(2000);
  await world.routing.sweep();
  const { state, assigneeId, routing } = await world.read(id);
  assert.deepEqual([state, assigneeId], ['waiting', null]);
  assert.deepEqual(routing?.because, ['Ada was disconnected']);
  assert.deepEqual(await told(id), ['Hallo, hier Ada', 'Ada is gone']);
  assert.equal((await world.routing.statuses([agent.id])).get(agent.id)?.chosen, 'offline');
});

test('a program that never had a screen is not thrown out', async () => {
  const [agent] = agents();
  await world.routing.setPresence(agent.id, 'available');
  world.clock.move(3_600_000);
  await world.routing.sweep();
  assert.equal((await world.routing.statuses([agent.id])).get(agent.id)?.presence, 'available');
});

test('round robin by turns; who declines goes to the back, and is left out after two', async () => {
  const [first, second] = agents();
  for (const { id } of [first, second]) await world.routing.setPresence(id, 'available');
  const id = await arrive('Both');
  const asked: (string | null)[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const { offeredToId } = await world.read(id);
    asked.push(offeredToId);
    const agent = offeredToId === first.id ? first : second;
    await world.routing.decline(agent, id);
  }
  assert.deepEqual([...asked].sort(), [first.id, first.id, second.id, second.id].sort());
  assert.notEqual(asked[0], asked[1], 'the other one is asked before the same again');
  assert.equal((await world.read(id)).state, 'waiting');
});

test('the same agent again, if they have room', async () => {
  const [first, second] = agents();
  const contact = await world.contacts.create({ name: 'Kim' }, { id: newId(), name: 'Ines' });
  for (const { id } of [first, second]) await world.routing.setPresence(id, 'available');
  for (let n = 0; n < 2; n += 1) {
    const id = await arrive('Both', { contactId: contact.id });
    if (n === 0) await world.routing.assign({ ...second, supervises: true }, id, second.id);
    else assert.equal((await world.read(id)).offeredToId, second.id);
  }
  await world.routing.setPresence(second.id, 'away');
  const id = await arrive('Both', { contactId: contact.id });
  assert.equal((await world.read(id)).offeredToId, first.id);
});

test('a closed queue offers nothing until it opens', async () => {
  const [, agent] = agents();
  world.clock.set(Date.parse('2026-12-01T16:00:00Z'));
  await world.routing.setPresence(agent.id, 'available');
  const id = await arrive('Office');
  await world.routing.sweep();
  assert.equal((await world.read(id)).state, 'waiting');
  assert.deepEqual(await told(id), ['Office is closed']);
  world.clock.set(Date.parse('2026-12-02T07:00:00Z'));
  await world.routing.sweep();
  assert.equal((await world.read(id)).offeredToId, agent.id);
});

test('who waits too long goes on once, and not back', async () => {
  const id = await arrive('Patient', {
    context: [{ name: 'tier', value: 'gold', origin: 'signed' }],
  });
  assert.deepEqual(await told(id), ['1 in Patient, gold']);
  assert.deepEqual(await world.routing.waitOf(id), { position: 1, estimatedSeconds: null });
  await world.routing.sweep();
  await world.routing.sweep();
  assert.deepEqual((await told(id)).slice(1), ['You are next'], 'once');
  for (const expected of ['Patient', 'Back', 'Back', 'Back']) {
    assert.equal(world.queueName((await world.read(id)).queueId), expected);
    world.clock.move(61_000);
    await world.routing.sweep();
  }
});

test('who waits too long where it ends is told so, and who ended it is known', async () => {
  const id = await arrive('Ends');
  world.clock.move(60_000);
  await world.routing.sweep();
  assert.equal((await world.read(id)).state, 'waiting');
  world.clock.move(1000);
  await world.routing.sweep();
  const { state, endedBy, endedAt } = await world.read(id);
  assert.deepEqual([state, endedBy, endedAt], ['closed', 'system', world.clock.now()]);
  assert.deepEqual(await told(id), ['Sorry']);
});
