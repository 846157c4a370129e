// B11: a page of the inbox with unread counts, at 100,000 open conversations and a million contacts.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startNodeProcess } from '../e2e/node-process.ts';
import { GUESTS } from './configuration.ts';
import { seed } from './inbox/seed.ts';
import { openLoop } from './pacer.ts';
import { machine, percentile, type Summary, show, summary, table } from './report.ts';

const RUNS = 3;
const RATE = 50;
const SECONDS = 10;
const QUEUES = 40;
/** Of which the agent is a member. */
const OWN_QUEUES = 5;
const COMPANY = { conversations: 100_000, closed: 100_000, contacts: 1_000_000 };
const PASSWORD = 'a password that nobody uses';
const SUPERVISOR_KEY = 'benchmark-supervisor-0123456789abcdef0123456789';
const SORTS = ['longest-waiting', 'newest', 'priority'];
const VIEWS = ['all', 'unassigned', 'mine', 'queue&name=Queue%201', 'identity&name=lapsed'];

/** The least that such a page asks of the database: one statement for its rows, last messages and unread counts. */
const PAGE = `
  select c.*, last.text, unread.count from (
    select one.* from unnest($1::text[]) as queue (id) cross join lateral (
      select * from conversations where queue_id = queue.id and state <> 'closed'
      order by opened_at, id limit 50) one
    order by opened_at, id limit 50) c
  cross join lateral (
    select text from entries where conversation_id = c.id and kind = 'message'
    order by seq desc limit 1) last
  cross join lateral (
    select count(*) from entries where conversation_id = c.id and role = 'customer') unread`;

console.log(machine());
const node = await startNodeProcess({ configuration: configuration() });
const database = new pg.Client({ host: socketFolder(), user: 'countersign', database: 'postgres' });
try {
  await database.connect();
  const cookie = await signIn();
  const queueIds = await queuesByName();
  const started = performance.now();
  await seed(database, {
    ...COMPANY,
    queueIds,
    agentId: await agentId(cookie),
    deploymentId: GUESTS,
  });
  console.log(`seeded in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  const own = queueIds.slice(0, OWN_QUEUES);
  const people = [
    { name: 'agent', headers: { cookie }, queueIds: own, views: VIEWS },
    {
      name: 'supervisor',
      headers: { authorization: `Bearer ${SUPERVISOR_KEY}` },
      queueIds,
      // Programs have conversations of their own as little as supervisors
      views: VIEWS.filter((view) => view !== 'mine'),
    },
  ];
  const rows: string[][] = [];
  for (const { name, headers, queueIds: visible, views } of people) {
    await overHttp(headers, views);
    const http = [];
    const bare = [];
    for (let run = 0; run < RUNS; run += 1) {
      http.push(await overHttp(headers, views));
      bare.push(await bareSql(visible));
    }
    rows.push(row(name, http, bare));
  }
  table(['who', 'p50', 'p99', 'bare SQL p50', 'bare SQL p99', 'ratio of the p50', 'answers'], rows);
} finally {
  await database.end().catch(() => {});
  await node.stop();
  node.remove();
}

interface Run {
  p50: number;
  p99: number;
  answers: number;
}

function row(name: string, http: Run[], bare: Run[]): string[] {
  const of = (runs: Run[], figure: 'p50' | 'p99'): Summary => summary(runs.map((r) => r[figure]));
  const ratio = of(bare, 'p50').median / of(http, 'p50').median;
  return [
    name,
    show(of(http, 'p50'), 'ms'),
    show(of(http, 'p99'), 'ms'),
    show(of(bare, 'p50'), 'ms'),
    show(of(bare, 'p99'), 'ms'),
    ratio.toFixed(2),
    String(http.reduce((sum, { answers }) => sum + answers, 0)),
  ];
}

/** Every view and sort in turn, the first and the second page; a wrong answer ends the benchmark. */
async function overHttp(headers: Record<string, string>, views: string[]): Promise<Run> {
  return paced(async (index) => {
    const view = views[index % views.length];
    const sort = SORTS[index % SORTS.length];
    const response = await fetch(`${node.url}/api/inbox?view=${view}&sort=${sort}`, { headers });
    if (!response.ok) throw new Error(`${view} ${sort}: ${response.status}`);
    const { items } = (await response.json()) as { items: { unread?: number }[] };
    const isWhole = items.every(({ unread }) => unread !== undefined);
    if (!isWhole || items.length < 20) throw new Error(`${view} ${sort}: ${items.length} rows`);
  });
}

function bareSql(queueIds: string[]): Promise<Run> {
  return paced(async () => {
    const { rows } = await database.query({ name: 'page', text: PAGE, values: [queueIds] });
    if (rows.length !== 50) throw new Error(`${rows.length} rows`);
  });
}

async function paced(work: (index: number) => Promise<void>): Promise<Run> {
  const total = RATE * SECONDS;
  const latencies: number[] = [];
  const all: Promise<void>[] = [];
  await openLoop(RATE, total, (index, due) => {
    const done = work(index).then(() => void latencies.push(performance.now() - due));
    done.catch(() => {});
    all.push(done);
  });
  const failed = (await Promise.allSettled(all)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  latencies.sort((a, b) => a - b);
  return {
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    answers: latencies.length,
  };
}

async function signIn(): Promise<string> {
  const response = await fetch(`${node.url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: node.url },
    body: JSON.stringify({ email: 'agent@example.com', password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`Sign-in refused: ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

async function agentId(cookie: string): Promise<string> {
  const response = await fetch(`${node.url}/api/me`, { headers: { cookie } });
  const me = (await response.json()) as { id: string };
  return me.id;
}

async function queuesByName(): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `select id from configuration_objects where kind = 'queues'
     order by split_part(name, ' ', 2)::int`,
  );
  return rows.map(({ id }) => id);
}

function socketFolder(): string {
  const data = join(node.dataDir, 'data');
  const entries = readdirSync(data, { recursive: true, withFileTypes: true });
  const socket = entries.find((entry) => entry.name === '.s.PGSQL.5432');
  if (!socket) throw new Error('The embedded database has no socket.');
  return socket.parentPath;
}

function configuration(): string {
  const queue = (n: number) =>
    `  - { name: Queue ${n}, priority: ${n}, assignment: round-robin, members: [${n <= OWN_QUEUES ? 'agent@example.com' : ''}] }`;
  return `
users:
  - { email: agent@example.com, name: An Agent, roles: [agent], capacity: 1000, password: ${PASSWORD} }
queues:
${Array.from({ length: QUEUES }, (_, n) => queue(n + 1)).join('\n')}
workstreams:
  - { name: Web chat, channel: web, distribution: pick, capacity: 1, offerTimeout: 120, fallbackQueue: Queue 1 }
messengerConfigurations:
  - { name: Guests, authentication: { enabled: false } }
deployments:
  - { id: ${GUESTS}, name: Guests, configuration: Guests, workstream: Web chat, status: Active, allowAllDomains: true }
apiKeys:
  - { name: Supervisor, token: ${SUPERVISOR_KEY}, roles: [supervisor] }
`;
}
