// B12: conversations that wait are offered to agents, durably. Against the same decision in memory, without a
// database: what the rest costs.
import { sql } from 'kysely';
import { createAssigner } from '../packages/server/src/routing/assign-waiting.ts';
import {
  openRoutingWorld,
  type RoutingWorld,
} from '../packages/server/test/routing/routing-world.ts';
import { machine, show, summary, table } from './report.ts';

const WAITING = 1000;
const AGENTS = 200;
const RUNS = 5;
const emails = Array.from({ length: AGENTS }, (_, n) => `agent-${n}@shop.example`);
const configuration = `
users:
${emails.map((email) => `  - { email: ${email}, name: ${email}, roles: [agent], capacity: 100 }`).join('\n')}
queues:
  - { name: One, priority: 1, assignment: highest-capacity, members: [${emails.join(', ')}] }
  - { name: Two, priority: 2, assignment: round-robin, members: [${emails.slice(0, AGENTS / 2).join(', ')}] }
workstreams:
  - { name: One, capacity: 10, fallbackQueue: One }
  - { name: Two, capacity: 10, fallbackQueue: Two }
`;

console.log(machine());
const world = await openRoutingWorld(configuration);
const agents = [...world.configuration.current().users.keys()];
const durable: number[] = [];
const inMemory: number[] = [];
for (let run = 0; run <= RUNS; run += 1) {
  const [stored, decided] = [await offerAll(world), await decideAll(world)];
  // The first warms up
  if (run > 0) {
    durable.push(stored);
    inMemory.push(decided);
  }
  await clear(world);
}
await world.close();
const [offers, decisions] = [summary(durable), summary(inMemory)];
table(
  ['durable assignments/s', 'decisions in memory/s', 'ratio'],
  [
    [
      show(offers, '/s', 0),
      show(decisions, '/s', 0),
      (offers.median / decisions.median).toFixed(3),
    ],
  ],
);

/** All agents become available at once; per second, from the first offer to the last that is committed. */
async function offerAll({ routing, ...rest }: RoutingWorld): Promise<number> {
  for (const id of agents) await routing.setPresence(id, 'busy');
  await wait(rest);
  await sql`update agents set presence = 'available'`.execute(rest.database.kysely);
  const begun = performance.now();
  await routing.sweep();
  const seconds = (performance.now() - begun) / 1000;
  const { items } = await rest.conversations.list({ states: ['offered'], limit: WAITING });
  await mustBeRight(rest, items);
  return WAITING / seconds;
}

async function wait({
  open,
  conversations,
  queueId,
}: Pick<RoutingWorld, 'open' | 'conversations' | 'queueId'>): Promise<void> {
  for (let n = 0; n < WAITING; n += 1) {
    const name = n % 2 === 0 ? 'One' : 'Two';
    const { id, openedAt } = await open(name);
    const set = { queueId: queueId(name), priority: n % 5, queuedAt: openedAt };
    await conversations.change(id, () => ({ set }));
  }
}

/** A run with a conversation that nobody or two have, or an agent who has too much, has no score. */
async function mustBeRight(
  { conversations }: Pick<RoutingWorld, 'conversations'>,
  items: { id: string; offeredToId: string | null }[],
): Promise<void> {
  const loads = await conversations.loads(agents);
  const offered = new Set(
    items.filter(({ offeredToId }) => offeredToId !== null).map(({ id }) => id),
  );
  const most = Math.max(...loads.values());
  if (offered.size !== WAITING || most > 100)
    throw new Error(`${offered.size} were offered, at most ${most} units`);
  for (const id of offered) {
    const entries = await conversations.entries(id, { after: 0, limit: 10 });
    if (entries.filter(({ kind }) => kind === 'offered').length !== 1)
      throw new Error('offered twice');
  }
}

/** The same conversations and agents, and nothing but the decision. */
async function decideAll({ configuration, conversations, clock }: RoutingWorld): Promise<number> {
  const { items } = await conversations.list({ states: ['offered'], limit: WAITING });
  const { queues, workstreams } = configuration.current();
  const free = new Map(agents.map((id) => [id, { id, free: 100, idleSince: 0 }]));
  const begun = performance.now();
  const assigner = createAssigner({
    ...{ queues, workstreams, agents: free, turns: [], lastAgents: new Map(), now: clock.now() },
  });
  const { length } = assigner.assign(items);
  if (length !== WAITING) throw new Error(`${length} were decided`);
  return WAITING / ((performance.now() - begun) / 1000);
}

async function clear({ conversations }: RoutingWorld): Promise<void> {
  const { items } = await conversations.list({ states: ['offered'], limit: WAITING });
  for (const { id } of items)
    await conversations.change(id, () => ({ set: { state: 'closed', offeredToId: null } }));
}
