// What happens at the same time: one yes, and nobody loses a conversation.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ConversationRecord } from '../../src/conversations/index.ts';
import type { Agent, Routing } from '../../src/routing/index.ts';
import { openRoutingWorld, type RoutingWorld } from './routing-world.ts';

const NAMES = ['Ada', 'Bo', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal'];
const email = (name: string) => `${name.toLowerCase()}@shop.example`;
const CONFIGURATION = `
users:
${NAMES.map((name) => `  - { email: ${email(name)}, name: ${name}, roles: [agent], capacity: 100 }`).join('\n')}
queues:
  - { name: Picked, members: [${NAMES.map(email).join(', ')}] }
  - { name: Offered, members: [${email('Ada')}] }
  - { name: Elsewhere, members: [${email('Bo')}] }
workstreams:
  - { name: Pick, distribution: pick, fallbackQueue: Picked }
  - { name: Push, offerTimeout: 30, declines: 1, wrapUp: 60, fallbackQueue: Offered }
`;

let world: RoutingWorld;
let nodes: [Routing, Routing];
let agents: Agent[];

before(async () => {
  world = await openRoutingWorld(CONFIGURATION);
  nodes = [world.routing, world.node()];
  agents = NAMES.map((name) => world.agent(name));
});
after(() => world.close());

const nodeOf = (n: number): Routing => nodes[n % 2 === 0 ? 0 : 1];
const agentOf = (n: number): Agent => {
  const agent = agents[n];
  assert.ok(agent);
  return agent;
};

async function kindsOf({ id }: ConversationRecord): Promise<string[]> {
  const entries = await world.conversations.entries(id, { after: 0, limit: 100 });
  return entries.map(({ kind }) => kind);
}

const settled = async (calls: Promise<unknown>[]) =>
  (await Promise.allSettled(calls)).map(({ status }) => status);

test('eight agents pick one conversation at once, on two nodes: one has it', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await world.open('Pick');
    await world.routing.route(id);
    const outcomes = await settled(agents.map((agent, n) => nodeOf(n).pick(agent, id)));
    assert.equal(outcomes.filter((status) => status === 'fulfilled').length, 1);
    const record = await world.read(id);
    assert.equal(record.state, 'active');
    assert.equal(record.assigneeId, agents[outcomes.indexOf('fulfilled')]?.id);
    assert.deepEqual(await kindsOf(record), ['queued', 'assigned', 'joined']);
    await putAway(id);
  }
});

async function offeredToAda(): Promise<ConversationRecord> {
  await world.routing.setPresence(agentOf(0).id, 'available');
  const { id } = await world.open('Push');
  await world.routing.route(id);
  const record = await world.read(id);
  assert.equal(record.offeredToId, agentOf(0).id);
  return record;
}

async function putAway(id: string): Promise<void> {
  await world.conversations.change(id, () => ({ set: { state: 'closed' } }));
}

test('accepted while the time of the offer runs out: either, and never both', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await offeredToAda();
    world.clock.move(round % 2 === 0 ? 30_000 : 29_999);
    const [accepted] = await settled([
      nodeOf(0).accept(agentOf(0), id),
      nodeOf(1).sweep(),
      nodeOf(0).sweep(),
    ]);
    const record = await world.read(id);
    const kinds = await kindsOf(record);
    assert.equal(accepted, round % 2 === 0 ? 'rejected' : 'fulfilled');
    assert.equal(record.state, accepted === 'fulfilled' ? 'active' : 'waiting');
    assert.equal(
      kinds.filter((kind) => kind === 'assigned').length,
      accepted === 'fulfilled' ? 1 : 0,
    );
    assert.deepEqual(record.declinedBy, accepted === 'fulfilled' ? [] : [agentOf(0).id]);
    await putAway(id);
  }
});

test('accepted twice at once: taken once', async () => {
  const record = await offeredToAda();
  const both = [nodeOf(0).accept(agentOf(0), record.id), nodeOf(1).accept(agentOf(0), record.id)];
  assert.deepEqual(await settled(both), ['fulfilled', 'fulfilled']);
  assert.deepEqual(await kindsOf(record), ['queued', 'offered', 'assigned', 'joined']);
  await putAway(record.id);
});

test('ended while it is transferred: never both', async () => {
  const outcomes = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    const { id } = await offeredToAda();
    await nodeOf(0).accept(agentOf(0), id);
    const queueId = world.queueId('Elsewhere');
    const calls = [
      () => nodeOf(0).end(agentOf(0), id),
      () => nodeOf(1).transfer(agentOf(0), id, { queueId }),
    ];
    if (round % 2 === 1) calls.reverse();
    const statuses = await settled(calls.map((call) => call()));
    assert.ok(statuses.includes('fulfilled'));
    const record = await world.read(id);
    const kinds = await kindsOf(record);
    const ended = kinds.includes('ended');
    assert.equal(record.state, ended ? 'wrap-up' : 'waiting');
    assert.equal(kinds.includes('transferred'), !ended, 'one of the two was refused');
    assert.equal(statuses.filter((status) => status === 'fulfilled').length, 1);
    outcomes.add(record.state);
    await putAway(id);
  }
  assert.ok(outcomes.size > 0);
});

test('a supervisor may give more than there is room for; others may not give at all', async () => {
  const { id } = await world.open('Pick');
  await world.routing.route(id);
  const [ada, bo] = [agentOf(0), agentOf(1)];
  await assert.rejects(world.routing.assign(ada, id, bo.id), { code: 'forbidden' });
  assert.equal((await world.read(id)).state, 'waiting');
  const supervisor = { ...ada, supervises: true };
  const record = await world.routing.assign(supervisor, id, bo.id);
  assert.deepEqual([record.state, record.assigneeId], ['active', bo.id]);
  assert.equal(record.assignedAt, world.clock.now());
});

test('after the end there is time for notes, with the capacity still taken; then it is closed', async () => {
  const { id } = await offeredToAda();
  const [ada] = agents;
  assert.ok(ada);
  await world.routing.accept(ada, id);
  const loadOf = async () => (await world.routing.statuses([ada.id])).get(ada.id)?.load;
  const before = await loadOf();
  const { state, wrapUpUntil, endedBy } = await world.routing.end(ada, id);
  assert.deepEqual([state, wrapUpUntil, endedBy], ['wrap-up', world.clock.now() + 60_000, 'agent']);
  assert.equal(await loadOf(), before);
  world.clock.move(59_000);
  await world.routing.sweep();
  assert.equal((await world.read(id)).state, 'wrap-up');
  world.clock.move(1000);
  await world.routing.sweep();
  const record = await world.read(id);
  assert.equal(record.state, 'closed');
  assert.equal(Number(record.closedAt) - Number(record.endedAt), 60_000);
  assert.equal(await loadOf(), Number(before) - 30);
});
