// K01, K07: a node on its embedded database, killed again and again while 400 messages a second come in.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { API_KEYS, configuration, GUESTS } from '../benchmarks/configuration.ts';
import { type History, judge, storedNumbers } from './history-checker.ts';
import { freePort, type NodeProcess, startNodeProcess } from './node-process.ts';
import { ResendingCustomer } from './resending-customer.ts';

/** CI runs 50. */
const KILLS = Number(process.env.COUNTERSIGN_KILLS ?? 5);
const CUSTOMERS = 50;
/** What piles up while a node starts has to be taken in as well. */
const MESSAGES_PER_SECOND = 400;
/** A node lives this long before it is killed, ms: sometimes in the middle of its start. */
const LIFE_MS = { min: 50, max: 1500 };
/** Without one more acknowledgement. */
const STUCK_MS = 30_000;

test(`[K01] [K07] ${KILLS} × kill -9 under ${MESSAGES_PER_SECOND} messages/s: nothing acknowledged is lost, nothing doubled, order kept`, {
  timeout: 60_000 + KILLS * 15_000,
}, async (context) => {
  const port = await freePort();
  let node = await startNodeProcess({ configuration: configuration(), port });
  const { dataDir } = node;
  const names = Array.from({ length: CUSTOMERS }, (_, n) => `c${n}`);
  const customers = names.map((name) => new ResendingCustomer(name, node.url, GUESTS));
  try {
    for (const customer of customers) await customer.start();
    const load = sendSteadily(customers);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await wait(randomInt(LIFE_MS.min, LIFE_MS.max));
      await node.stop('SIGKILL');
      node = await startNodeProcess({ configuration: configuration(), port, dataDir });
    }
    load.stop();
    await allAcknowledged(customers);
    const stored = await storedMessages(node);
    const total = { lost: 0, doubled: 0, disordered: 0, gaps: 0, sent: 0, acknowledged: 0 };
    for (const { name, sent, acknowledged } of customers) {
      const history = { acknowledged, stored: stored.get(name) ?? [] };
      for (const [fault, count] of Object.entries(judge(history))) {
        total[fault as keyof typeof total] += count;
      }
      total.sent += sent.length;
      total.acknowledged += acknowledged.size;
      assert.equal(
        storedNumbers(history.stored).length,
        sent.length,
        `${name}: stored as often as sent`,
      );
    }
    context.diagnostic(JSON.stringify(total));
    assert.deepEqual(total, {
      ...{ lost: 0, doubled: 0, disordered: 0, gaps: 0 },
      sent: total.sent,
      acknowledged: total.sent,
    });
  } finally {
    for (const customer of customers) customer.end();
    await node.stop();
    node.remove();
  }
});

/** Open loop: what is due is sent, whether the node lives or not. */
function sendSteadily(customers: ResendingCustomer[]): { stop(): void } {
  const started = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - started) / 1000) * MESSAGES_PER_SECOND;
    for (; sent < due; sent += 1) customers[sent % customers.length]?.send();
  }, 5);
  return { stop: () => clearInterval(timer) };
}

/** What piled up while the node was down may take its time, as long as it becomes less. */
async function allAcknowledged(customers: ResendingCustomer[]): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let since = performance.now();
  for (;;) {
    const left = customers.filter(({ pending }) => pending > 0);
    const pending = left.reduce((sum, customer) => sum + customer.pending, 0);
    if (pending === 0) return;
    if (pending < least) [least, since] = [pending, performance.now()];
    const names = left.map(({ name }) => name).join(', ');
    assert.ok(
      performance.now() - since < STUCK_MS,
      `${pending} messages of ${names} wait for ever`,
    );
    await wait(20);
  }
}

/** Every customer's messages as the workspace API reads them from the log. */
async function storedMessages(node: NodeProcess): Promise<Map<string, History['stored']>> {
  const stored = new Map<string, History['stored']>();
  const { items } = await get(node, '/api/conversations?limit=200');
  for (const { id } of items) {
    const log: History['stored'] = [];
    for (let next: string | undefined = '0'; next; ) {
      const path = `/api/conversations/${id}/entries?limit=500&after=${next}`;
      const page: Page = await get(node, path);
      for (const { kind, text, seq, at } of page.items) {
        if (kind !== 'message') log.push({ seq, at });
        else {
          const [name = '', number] = text.split(' ');
          stored.set(name, log);
          log.push({ number: Number(number), seq, at });
        }
      }
      next = page.next;
    }
  }
  return stored;
}

interface Item {
  id: string;
  kind: string;
  text: string;
  seq: number;
  at: string;
}

interface Page {
  items: Item[];
  next?: string;
}

async function get({ url }: NodeProcess, path: string): Promise<Page> {
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${API_KEYS[0]}` } });
  assert.equal(response.status, 200);
  return response.json() as Promise<Page>;
}
