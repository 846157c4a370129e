// Seeded random agents and customers on two nodes over one database, one of which dies. After each second of
// the test's clock: nothing is owned twice, lost, over capacity by routing, or waiting while somebody is free.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Presence } from '@countersign/protocol';
import type { ConversationRecord } from '../../src/conversations/index.ts';
import { Fault, newId } from '../../src/platform/index.ts';
import type { Agent, Routing } from '../../src/routing/index.ts';
import { openRoutingWorld, type RoutingWorld } from './routing-world.ts';

const NAMES = ['Ada', 'Bo', 'Cleo', 'Dan', 'Eve'];
const email = (name: string) => `${name.toLowerCase()}@shop.example`;
const CONFIGURATION = `
users:
${NAMES.map((name, n) => `  - { email: ${email(name)}, name: ${name}, roles: [agent], capacity: ${25 + 10 * n} }`).join('\n')}
queues:
  - { name: One, priority: 1, assignment: highest-capacity, members: [${NAMES.slice(0, 3).map(email).join(', ')}] }
  - { name: Two, priority: 2, assignment: round-robin, members: [${NAMES.slice(2).map(email).join(', ')}] }
  - { name: Three, priority: 3, assignment: longest-idle, members: [${NAMES.map(email).join(', ')}] }
workstreams:
  - { name: One, capacity: 10, offerTimeout: 8, declines: 2, wrapUp: 5, keepSameAgent: true, fallbackQueue: One }
  - { name: Two, capacity: 20, offerTimeout: 5, declines: 1, wrapUp: 0, fallbackQueue: Two }
  - { name: Three, capacity: 10, offerTimeout: 10, declines: 3, wrapUp: 3, fallbackQueue: Three }
`;
const STREAMS = ['One', 'Two', 'Three'];
const PRESENCES: Presence[] = [
  'available',
  'available',
  'available',
  'busy',
  'dnd',
  'away',
  'offline',
];
const SECONDS = 40;
/** Those that found something stay. */
const SEEDS = [1, 2, 3, 5];

let world: RoutingWorld;
let contactIds: string[];
before(async () => {
  world = await openRoutingWorld(CONFIGURATION);
  const by = { id: newId(), name: 'Ines' };
  const names = ['Kim', 'Lou', 'Mo'];
  const contacts = await Promise.all(names.map((name) => world.contacts.create({ name }, by)));
  contactIds = contacts.map(({ id }) => id);
});
after(() => world.close());

/** Mulberry32: the same seed, the same day. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Node {
  routing: Routing;
  alive: boolean;
  screens: Map<string, number>;
}

class Day {
  readonly random: () => number;
  readonly nodes: Node[];
  readonly agents: Agent[] = NAMES.map((name) => world.agent(name));
  readonly ids: string[] = [];
  /** Conversations that an agent took, or a person gave them: whose, until they wait again. */
  readonly byHand = new Map<string, string>();
  /** How far the log of each was when it was looked at. */
  readonly checked = new Map<string, number>();
  /** Closed and looked at: nothing becomes of them any more. */
  readonly settled = new Set<string>();
  readonly waitingSince = new Map<string, number>();

  constructor(seed: number) {
    this.random = randomOf(seed);
    this.nodes = [world.node(), world.node()].map((routing) => ({
      ...{ routing, alive: true, screens: new Map() },
    }));
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.random() * items.length)];
    assert.ok(item !== undefined);
    return item;
  }

  get node(): Node {
    return this.pick(this.nodes.filter(({ alive }) => alive));
  }

  async records(): Promise<ConversationRecord[]> {
    const open = this.ids.filter((id) => !this.settled.has(id));
    return Promise.all(open.map((id) => world.read(id)));
  }

  async begin(): Promise<void> {
    for (const agent of this.agents) {
      await this.openScreen(agent, this.node);
      await this.node.routing.setPresence(agent.id, 'available');
    }
  }

  async openScreen(agent: Agent, node: Node): Promise<void> {
    node.screens.set(agent.id, (node.screens.get(agent.id) ?? 0) + 1);
    await node.routing.screenOpened(agent.id);
  }

  async closeScreen(agent: Agent): Promise<void> {
    const node = this.nodes.find(({ alive, screens }) => alive && (screens.get(agent.id) ?? 0) > 0);
    if (!node) return this.openScreen(agent, this.node);
    node.screens.set(agent.id, (node.screens.get(agent.id) ?? 0) - 1);
    await node.routing.screenClosed(agent.id);
  }

  async arrive(): Promise<void> {
    const contactId = this.random() < 0.5 ? this.pick(contactIds) : null;
    const { id } = await world.open(this.pick(STREAMS), { contactId });
    this.ids.push(id);
    // A node that dies after the customer's first message leaves it without a queue
    if (this.random() < 0.85) await this.node.routing.route(id);
  }

  async act(): Promise<void> {
    const records = (await this.records()).filter(({ state }) => state !== 'closed');
    const record = records.length > 0 ? this.pick(records) : null;
    const agent = this.pick(this.agents);
    const { routing } = this.node;
    const dice = this.random();
    if (dice < 0.25 || !record) return this.arrive();
    if (dice < 0.5) return this.answer(record, routing);
    if (dice < 0.6) return this.leaveOrCome(agent);
    if (dice < 0.68) return routing.setPresence(agent.id, this.pick(PRESENCES));
    if (dice < 0.73) return routing.endByCustomer(record.id, 'closed');
    return this.work(record, agent, routing);
  }

  async leaveOrCome(agent: Agent): Promise<void> {
    if (this.random() < 0.5) await this.openScreen(agent, this.node);
    else await this.closeScreen(agent);
  }

  /** Most offers are accepted; some declined; some are left to run out. */
  async answer({ id, offeredToId }: ConversationRecord, routing: Routing): Promise<void> {
    const agent = this.agents.find((one) => one.id === offeredToId);
    if (!agent) return;
    const dice = this.random();
    if (dice < 0.6) await routing.accept(agent, id);
    else if (dice < 0.8) await routing.decline(agent, id);
  }

  async work(
    { id, assigneeId }: ConversationRecord,
    other: Agent,
    routing: Routing,
  ): Promise<void> {
    const holder = this.agents.find((one) => one.id === assigneeId);
    const dice = this.random();
    if (dice < 0.1) {
      this.byHand.set(id, other.id);
      await routing.pick(other, id);
    } else if (dice < 0.15) {
      this.byHand.set(id, other.id);
      await routing.assign({ ...other, supervises: true }, id, other.id);
    } else if (!holder) return;
    else if (dice < 0.3)
      await routing.transfer(holder, id, { queueId: world.queueId(this.pick(STREAMS)) });
    else if (dice < 0.4) {
      this.byHand.set(id, other.id);
      await routing.transfer(holder, id, { agentId: other.id });
    } else if (dice < 0.55) await routing.close(holder, id);
    else await routing.end(holder, id);
  }

  /** Its screens are gone without a word, and it sweeps no longer. */
  kill(): void {
    const [, node] = this.nodes;
    if (node) node.alive = false;
  }

  async sweep(): Promise<void> {
    await Promise.all(this.nodes.flatMap(({ alive, routing }) => (alive ? [routing.sweep()] : [])));
  }

  async check(): Promise<void> {
    const records = await this.records();
    const statuses = await world.routing.statuses(this.agents.map(({ id }) => id));
    const changed = records.filter(({ id, lastSeq }) => this.checked.get(id) !== lastSeq);
    await Promise.all(changed.map((record) => this.checkOne(record)));
    for (const { id, state } of records) {
      if (state === 'closed') this.settled.add(id);
      if (state === 'waiting') this.byHand.delete(id);
    }
    for (const { id, name } of this.agents) {
      const status = statuses.get(id);
      assert.ok(status);
      const load = loadOf(records, id);
      assert.equal(status.load, load, `what ${name} has on their hands`);
      const given = records.filter((record) => this.byHand.get(record.id) !== id);
      const routed = loadOf(given, id);
      assert.ok(routed <= status.capacity, `${name} was given ${routed} of ${status.capacity}`);
    }
    this.checkIdle(records, (id) => {
      const status = statuses.get(id);
      const there = status?.chosen === 'available' && status.presence !== 'offline';
      return there ? status.capacity - status.load : 0;
    });
  }

  /** Nobody has it twice: its log says so too. */
  async checkOne(record: ConversationRecord): Promise<void> {
    const { state, assigneeId, offeredToId, queueId } = record;
    assert.equal(
      state === 'active' || state === 'wrap-up' || state === 'closed',
      state === 'closed' || assigneeId !== null,
    );
    assert.equal(state === 'offered', offeredToId !== null);
    if (state === 'waiting') assert.equal(assigneeId, null);
    if (state === 'offered') assert.ok(queueId);
    const entries = await world.conversations.entries(record.id, { after: 0, limit: 1000 });
    assert.equal(entries.length, record.lastSeq);
    this.checked.set(record.id, record.lastSeq);
    let owner: unknown = null;
    for (const { kind, data } of entries) {
      if (kind === 'assigned') {
        assert.ok(owner === null || data?.by !== undefined, 'taken from nobody without a word');
        owner = data?.agent;
      }
      if (kind === 'transferred' || kind === 'queued') owner = null;
      if (kind === 'ended') assert.ok(state === 'closed' || state === 'wrap-up');
    }
    if (state === 'active') assert.equal(owner, assigneeId);
  }

  /** Two seconds at most, while somebody who may be asked has room. */
  checkIdle(records: ConversationRecord[], freeOf: (id: string) => number): void {
    const { queues, workstreams } = world.configuration.current();
    for (const { id, state, queueId, workstreamId, declinedBy, capacity } of records) {
      const most = workstreams.get(workstreamId)?.declines ?? 0;
      const members = queues.get(queueId ?? '')?.members ?? [];
      const somebody = members.some(
        (agent) =>
          freeOf(agent) >= capacity && declinedBy.filter((one) => one === agent).length < most,
      );
      if (state !== 'waiting' || (queueId !== null && !somebody)) this.waitingSince.delete(id);
      else if (!this.waitingSince.has(id)) this.waitingSince.set(id, world.clock.now());
      const since = this.waitingSince.get(id) ?? world.clock.now();
      assert.ok(world.clock.now() - since <= 2000, 'waiting while somebody is free');
    }
  }
}

const loadOf = (records: ConversationRecord[], id: string): number =>
  records.reduce((load, { state, assigneeId, offeredToId, capacity }) => {
    const has = (state === 'active' || state === 'wrap-up') && assigneeId === id;
    return has || (state === 'offered' && offeredToId === id) ? load + capacity : load;
  }, 0);

/** An action that came too late is refused, and that is all. */
async function attempt(action: Promise<void>): Promise<void> {
  try {
    await action;
  } catch (error) {
    if (!(error instanceof Fault) || error.status >= 500) throw error;
  }
}

for (const seed of SEEDS) {
  test(`a day by seed ${seed}`, async () => {
    const day = new Day(seed);
    await day.begin();
    for (let second = 0; second < SECONDS; second += 1) {
      if (second === SECONDS / 2) day.kill();
      const actions = Array.from({ length: 3 }, () => attempt(day.act()));
      await Promise.all(actions);
      world.clock.move(1000);
      await day.sweep();
      await day.check();
    }
    await tidy(day);
  });
}

/** Away for longer than one may be: everything they had waits again. */
async function tidy(day: Day): Promise<void> {
  for (const agent of day.agents) {
    for (const { screens, routing, alive } of day.nodes) {
      const count = alive ? (screens.get(agent.id) ?? 0) : 0;
      for (let n = 0; n < count; n += 1) await routing.screenClosed(agent.id);
    }
    await day.nodes[0]?.routing.screenOpened(agent.id);
    await day.nodes[0]?.routing.screenClosed(agent.id);
  }
  world.clock.move(20_000);
  await day.sweep();
  world.clock.move(150_000);
  await day.sweep();
  await day.sweep();
  for (const record of await day.records()) {
    assert.ok(
      ['waiting', 'closed'].includes(record.state),
      `${record.state} of an agent who is gone`,
    );
    await world.conversations.change(record.id, () => ({ set: { state: 'closed' } }));
  }
}
