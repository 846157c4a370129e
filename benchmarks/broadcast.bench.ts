// B7: one customer comes to a queue, and 1,000 sockets of its agents are told how many wait.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startNodeProcess } from '../e2e/node-process.ts';
import type { Awaited, Delivered, Listening } from './broadcast/listeners.ts';
import { GUESTS } from './configuration.ts';
import { machine, percentile, show, summary, table } from './report.ts';

const SOCKETS = 1000;
/** Each has several screens: a thousand passwords take a minute to hash. */
const AGENTS = 50;
const RUNS = 3;
const EVENTS = 10;
/** Longer than the second within which a queue is told once. */
const REST_MS = 1300;
const PASSWORD = 'a password that nobody uses';

console.log(machine());
const ours: number[] = [];
const firsts: number[] = [];
const raw: number[] = [];
let frameBytes = 0;
for (let run = 0; run < RUNS; run += 1) {
  const node = await measureNode();
  ours.push(percentile(node.last, 50));
  firsts.push(percentile(node.first, 50));
  raw.push(percentile(await measureRaw(), 50));
  console.log(`run ${run + 1}: ${ours.at(-1)?.toFixed(1)} ms, raw ${raw.at(-1)?.toFixed(1)} ms`);
}
const [last, first, limit] = [summary(ours), summary(firsts), summary(raw)];
table(
  ['figure', 'value'],
  [
    [`last of ${SOCKETS} sockets told, after the customer's message`, show(last, 'ms')],
    ['first of them told', show(first, 'ms')],
    [`bare ws: ${frameBytes} bytes to as many`, show(limit, 'ms')],
    ['ratio', (limit.median / last.median).toFixed(2)],
    ['ratio of the telling alone', (limit.median / (last.median - first.median)).toFixed(2)],
  ],
);

interface Times {
  first: number[];
  last: number[];
}

async function measureNode(): Promise<Times> {
  const node = await startNodeProcess({ configuration: configuration() });
  const listeners = fork(join(import.meta.dirname, 'broadcast/listeners.ts'));
  try {
    const cookies = await Promise.all(
      Array.from({ length: AGENTS }, (_, n) => signIn(node.url, n)),
    );
    await listen(listeners, {
      url: `${node.url.replace(/^http/, 'ws')}/api/live`,
      headers: Array.from({ length: SOCKETS }, (_, n) => ({ cookie: cookies[n % AGENTS] ?? '' })),
      origin: node.url,
      first: JSON.stringify({ type: 'start' }),
    });
    const times: Times = { first: [], last: [] };
    for (let event = 0; event <= EVENTS; event += 1) {
      const say = await openCustomer(node.url);
      await delay(REST_MS);
      const text = `"type":"queue","queue":"Everyone","waiting":${event + 1},`;
      const { firstMs, lastMs } = await timed(listeners, text, say);
      // The first event finds nothing compiled
      if (event > 0) {
        times.first.push(firstMs);
        times.last.push(lastMs);
      }
    }
    frameBytes = await conversationFrameBytes(node.url, cookies[0] ?? '');
    return sorted(times);
  } finally {
    await ended(listeners);
    await node.stop();
    node.remove();
  }
}

/** As many bytes to as many sockets, in one send each. */
async function measureRaw(): Promise<number[]> {
  const file = join(import.meta.dirname, 'broadcast/raw-server.ts');
  const server = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const listeners = fork(join(import.meta.dirname, 'broadcast/listeners.ts'));
  try {
    const [line] = await once(server.stdout, 'data');
    const url = String(line).trim();
    await listen(listeners, { url, headers: Array.from({ length: SOCKETS }, () => ({})) });
    const speaker = new WebSocket(url, { perMessageDeflate: false });
    await once(speaker, 'open');
    const times: Times = { first: [], last: [] };
    for (let event = 0; event <= EVENTS; event += 1) {
      const text = `event ${event} `;
      await delay(REST_MS / 4);
      const { lastMs } = await timed(listeners, text, () =>
        speaker.send(text.padEnd(frameBytes, '.')),
      );
      if (event > 0) times.last.push(lastMs);
    }
    return sorted(times).last;
  } finally {
    await ended(listeners);
    await ended(server);
  }
}

function sorted({ first: firstTimes, last: lastTimes }: Times): Times {
  const ascending = (a: number, b: number) => a - b;
  return { first: firstTimes.sort(ascending), last: lastTimes.sort(ascending) };
}

async function listen(listeners: ChildProcess, listening: Listening): Promise<void> {
  const opened = once(listeners, 'message');
  listeners.send(listening);
  const [count] = await opened;
  if (count !== SOCKETS) throw new Error(`Only ${count} sockets were opened.`);
}

/** From the event until the first and the last socket were given a frame with this text. */
async function timed(
  listeners: ChildProcess,
  text: string,
  event: () => void,
): Promise<{ firstMs: number; lastMs: number }> {
  const waiting = once(listeners, 'message');
  const awaited: Awaited = { text };
  listeners.send(awaited);
  await waiting;
  const delivered = once(listeners, 'message');
  const start = process.hrtime.bigint();
  event();
  const [{ firstNs, lastNs }] = (await delivered) as [Delivered];
  const since = (ns: string) => Number(BigInt(ns) - start) / 1e6;
  return { firstMs: since(firstNs), lastMs: since(lastNs) };
}

/** A guest with a session of their own; answers what says the first word, which opens a conversation. */
async function openCustomer(url: string): Promise<() => void> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1?deploymentId=${GUESTS}`, {
    perMessageDeflate: false,
    origin: 'https://shop.example',
  });
  await once(socket, 'open');
  const token = randomUUID();
  const configured = once(socket, 'message');
  const request = { action: 'configureSession', deploymentId: GUESTS, token, startNew: false };
  socket.send(JSON.stringify(request));
  await configured;
  const message = { type: 'Text', text: 'Is somebody there?' };
  return () => socket.send(JSON.stringify({ action: 'onMessage', token, message }));
}

async function conversationFrameBytes(url: string, cookie: string): Promise<number> {
  const response = await fetch(`${url}/api/inbox?view=all&limit=1`, { headers: { cookie } });
  const { items } = (await response.json()) as { items: object[] };
  return JSON.stringify({ type: 'conversation', conversation: items[0] }).length;
}

async function signIn(url: string, n: number): Promise<string> {
  const response = await fetch(`${url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: `agent${n}@example.com`, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`Sign-in refused: ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

async function ended(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

function configuration(): string {
  const emails = Array.from({ length: AGENTS }, (_, n) => `agent${n}@example.com`);
  const user = (email: string, n: number) =>
    `  - { email: ${email}, name: Agent ${n}, roles: [agent], password: ${PASSWORD} }`;
  return `
users:
${emails.map(user).join('\n')}
queues:
  - { name: Everyone, priority: 1, assignment: round-robin, members: [${emails.join(', ')}] }
workstreams:
  - { name: Web chat, channel: web, distribution: pick, capacity: 1, offerTimeout: 120, fallbackQueue: Everyone }
messengerConfigurations:
  - { name: Guests, authentication: { enabled: false } }
deployments:
  - { id: ${GUESTS}, name: Guests, configuration: Guests, workstream: Web chat, status: Active, allowAllDomains: true }
`;
}
