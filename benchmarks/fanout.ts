// The workload of B4 and B5: customers write over the Guest API, agents read on the live feed.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { API_KEYS, GUESTS } from './configuration.ts';
import { openLoop } from './pacer.ts';
import { percentile } from './report.ts';

export const CONVERSATIONS = 200;
/** What came late is waited for this long after the last message was due. */
const GRACE_MS = 5000;

export interface FanoutResult {
  /** Messages a second that were due. */
  rate: number;
  sent: number;
  acknowledged: number;
  delivered: number;
  stored: number;
  /** Conversations whose messages an agent received out of order or twice. */
  disordered: number;
  /** End to end, from when a message was due until the agent's socket has it. Ms. */
  p50: number;
  p99: number;
  max: number;
}

/** A customer's message on the live feed: reading just this much keeps the load generator light. */
const ENTRY = /^{"type":"entry","conversation":"([^"]+)",.*?"kind":"message".*?"text":"(\d+)"/;

interface Customer {
  socket: WebSocket;
  token: string;
  conversation: string;
  /** The next number this customer sends. */
  next: number;
}

export interface Stage {
  run(rate: number, seconds: number): Promise<FanoutResult>;
  close(): void;
}

/** Opens 200 conversations, each taken by one of four programs, and keeps their sockets. */
export async function openStage(url: string): Promise<Stage> {
  const customers: Customer[] = [];
  for (let n = 0; n < CONVERSATIONS; n += 1) customers.push(await openCustomer(url, n));
  const byConversation = await takeAll(url, customers);
  const received = customers.map(() => [] as number[]);
  const agents: WebSocket[] = [];
  let onDelivery: (customer: number, number: number) => void = () => {};
  for (const key of API_KEYS) {
    agents.push(
      await openAgent(url, key, (conversation, text) => {
        const customer = byConversation.get(conversation);
        if (customer === undefined) return;
        const number = Number(text);
        received[customer]?.push(number);
        onDelivery(customer, number);
      }),
    );
  }
  let acknowledged = 0;
  for (const { socket } of customers) {
    socket.on('message', (data) => {
      if ((data as Buffer).includes('"StructuredMessage"')) acknowledged += 1;
    });
  }

  return {
    async run(rate, seconds) {
      const total = rate * seconds;
      const due = customers.map(() => [] as number[]);
      const latencies = new Float64Array(total);
      let delivered = 0;
      const before = { acknowledged, stored: await storedIn(url, customers) };
      for (const list of received) list.length = 0;
      for (const customer of customers) customer.next = 0;
      onDelivery = (customer, number) => {
        latencies[delivered] = performance.now() - (due[customer]?.[number] ?? Number.NaN);
        delivered += 1;
      };
      await openLoop(rate, total, (index, at) => {
        const place = index % customers.length;
        const customer = customers[place];
        if (!customer) return;
        due[place]?.push(at);
        sendText(customer, String(customer.next));
        customer.next += 1;
      });
      const limit = performance.now() + GRACE_MS;
      const isDone = () => delivered >= total && acknowledged - before.acknowledged >= total;
      while (!isDone() && performance.now() < limit) await pause();
      const sorted = latencies.subarray(0, delivered).sort();
      return {
        rate,
        sent: total,
        acknowledged: acknowledged - before.acknowledged,
        delivered,
        stored: (await storedIn(url, customers)) - before.stored,
        disordered: received.filter((list) => list.some((number, index) => number !== index))
          .length,
        p50: percentile(sorted, 50),
        p99: percentile(sorted, 99),
        max: sorted.at(-1) ?? Number.NaN,
      };
    },
    close() {
      for (const { socket } of customers) socket.terminate();
      for (const socket of agents) socket.terminate();
    },
  };
}

/** Throws unless sent = acknowledged = stored = delivered, in order: such a run has no score. */
export function mustBeWhole(result: FanoutResult): void {
  const { sent, acknowledged, stored, delivered, disordered } = result;
  if (sent === acknowledged && sent === stored && sent === delivered && disordered === 0) return;
  throw new Error(`A run with a loss has no score: ${JSON.stringify(result)}`);
}

/** Lets sockets be read, and wakes again within about a millisecond. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0.5));

function sendText({ socket, token }: Customer, text: string): void {
  const id = randomUUID();
  socket.send(
    JSON.stringify({
      action: 'onMessage',
      token,
      tracingId: id,
      message: { type: 'Text', text, metadata: { id } },
    }),
  );
}

async function openCustomer(url: string, n: number): Promise<Customer> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1?deploymentId=${GUESTS}`, {
    perMessageDeflate: false,
    origin: 'https://shop.example',
    // Nothing between here and the node needs the mask to be random
    generateMask: (mask) => mask.fill(0),
  });
  await once(socket, 'open');
  const token = randomUUID();
  const configured = once(socket, 'message');
  socket.send(
    JSON.stringify({ action: 'configureSession', deploymentId: GUESTS, token, startNew: false }),
  );
  await configured;
  const customer = { socket, token, conversation: '', next: 0 };
  const echoed = once(socket, 'message');
  sendText(customer, `hello ${n}`);
  await echoed;
  return customer;
}

/** Each conversation is picked by one of the programs; answers which customer it belongs to. */
async function takeAll(url: string, customers: Customer[]): Promise<Map<string, number>> {
  const places = new Map<string, number>();
  const waiting = await listAll(url, 'waiting');
  for (const [index, { id, preview }] of waiting.entries()) {
    const place = Number(/^hello (\d+)$/.exec(preview?.text ?? '')?.[1] ?? Number.NaN);
    const customer = customers[place];
    if (!customer) continue;
    customer.conversation = id;
    places.set(id, place);
    await call(
      url,
      API_KEYS[index % API_KEYS.length] ?? '',
      'POST',
      `/api/conversations/${id}/pick`,
    );
  }
  if (places.size !== customers.length) throw new Error(`${places.size} conversations were opened`);
  return places;
}

interface ListedConversation {
  id: string;
  lastSeq: number;
  preview?: { text: string };
}

async function listAll(url: string, state: string): Promise<ListedConversation[]> {
  const items: ListedConversation[] = [];
  let cursor = '';
  do {
    const page = await call(
      url,
      API_KEYS[0] ?? '',
      'GET',
      `/api/conversations?state=${state}&limit=200${cursor}`,
    );
    items.push(...page.items);
    cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : '';
  } while (cursor);
  return items;
}

/** Entries in all conversations of the run, as the database counts them. */
async function storedIn(url: string, customers: Customer[]): Promise<number> {
  const known = new Set(customers.map((customer) => customer.conversation));
  const all = await listAll(url, 'active');
  return all.filter(({ id }) => known.has(id)).reduce((sum, { lastSeq }) => sum + lastSeq, 0);
}

async function call(
  url: string,
  key: string,
  method: string,
  path: string,
): Promise<{ items: ListedConversation[]; next?: string }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}` },
  });
  if (!response.ok)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json() as Promise<{ items: ListedConversation[]; next?: string }>;
}

async function openAgent(
  url: string,
  key: string,
  onMessage: (conversation: string, text: string) => void,
): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/live`, {
    perMessageDeflate: false,
    headers: { authorization: `Bearer ${key}` },
  });
  await once(socket, 'open');
  const ready = once(socket, 'message');
  socket.send(JSON.stringify({ type: 'start' }));
  await ready;
  socket.on('message', (data) => {
    const [, conversation, text] = ENTRY.exec(String(data)) ?? [];
    if (conversation && text) onMessage(conversation, text);
  });
  return socket;
}
