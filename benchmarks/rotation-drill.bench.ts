// Rotation day under load: site-signed sign-ins start at a steady rate while the site changes its keys. A
// start is what a customer's browser does: token exchanged, socket opened, session configured.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type SigningKey, signingKey, signToken, startKeyServer } from '@countersign/simulators';
import { WebSocket } from 'ws';
import { startNodeProcess } from '../e2e/node-process.ts';
import { configuration, SIGNED } from './configuration.ts';
import { openLoop } from './pacer.ts';
import { machine, percentile, table } from './report.ts';

const RATE = 200;
/** A key set is fetched again for an unknown key at most once in this time. */
const COOL_DOWN_S = 30;

interface Step {
  name: string;
  seconds: number;
  published: SigningKey[];
  signing: SigningKey;
  /** A key that is to be refused from here on: how soon is it? */
  removed?: SigningKey;
}

const [first, second, stranger, third] = await Promise.all(
  ['first', 'second', 'second', 'third'].map((kid) => signingKey({ kid })),
);
if (!first || !second || !stranger || !third) throw new Error('no keys');

const steps: Step[] = [
  { name: 'one key', seconds: 5, published: [first], signing: first },
  { name: 'second key added', seconds: 5, published: [first, second], signing: first },
  { name: 'signing with the second', seconds: 5, published: [first, second], signing: second },
  { name: 'first retired', seconds: COOL_DOWN_S, published: [second], signing: second },
  {
    name: 'same kid, new key',
    seconds: COOL_DOWN_S + 5,
    published: [stranger],
    signing: stranger,
    removed: second,
  },
  {
    name: 'emergency: that key taken out, third signs',
    seconds: COOL_DOWN_S + 5,
    published: [third],
    signing: third,
    removed: stranger,
  },
];

console.log(machine());
let published: SigningKey[] = [first];
const site = await startKeyServer({
  respond: () => ({
    kind: 'body',
    body: JSON.stringify({ keys: published.map(({ jwk }) => jwk) }),
  }),
});
const node = await startNodeProcess({
  configuration: configuration({ publicKeyUrl: `${site.url}/keys` }),
  environment: { COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${site.port}` },
});
const rows: string[][] = [];
for (const step of steps) rows.push(await play(step));
table(
  ['step', 'starts', 'refused', 'p50', 'p99', 'key fetches', 'removed key refused after'],
  rows,
);
await node.stop();
node.remove();
await site.close();

async function play({ name, seconds, signing, removed, ...step }: Step): Promise<string[]> {
  published = step.published;
  const fetchesBefore = site.hits.length;
  const total = RATE * seconds;
  const latencies: number[] = [];
  const begun = performance.now();
  const running: Promise<void>[] = [];
  let refused = 0;
  let failedAt: number | null = null;
  const probing = removed && untilRefused(removed);
  await openLoop(RATE, total, (_index, due) => {
    const started = start(signing).then((accepted) => {
      if (accepted) latencies.push(performance.now() - due);
      else {
        refused += 1;
        failedAt = performance.now();
      }
    });
    running.push(started);
  });
  await Promise.all(running);
  const after = await probing;
  latencies.sort((a, b) => a - b);
  const lastRefusal = failedAt === null ? '' : `, the last ${inSeconds(failedAt - begun)} in`;
  return [
    name,
    String(total),
    `${refused}${lastRefusal}`,
    `${percentile(latencies, 50).toFixed(1)} ms`,
    `${percentile(latencies, 99).toFixed(1)} ms`,
    String(site.hits.length - fetchesBefore),
    after === undefined ? '' : after === null ? 'not at all' : inSeconds(after),
  ];
}

/** Ms from now until a fresh token of this key is refused for the first time; null: still accepted. */
async function untilRefused(key: SigningKey): Promise<number | null> {
  const begun = performance.now();
  while (performance.now() - begun < (COOL_DOWN_S + 5) * 1000) {
    if (!(await exchange(key))) return performance.now() - begun;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return null;
}

async function start(key: SigningKey): Promise<boolean> {
  const jwt = await exchange(key);
  if (jwt === null) return false;
  const url = `${node.url.replace('http', 'ws')}/v1?deploymentId=${SIGNED}`;
  const socket = new WebSocket(url, { perMessageDeflate: false, origin: 'https://shop.example' });
  await once(socket, 'open');
  const answered = once(socket, 'message');
  const request = {
    action: 'configureAuthenticatedSession',
    deploymentId: SIGNED,
    startNew: false,
  };
  socket.send(JSON.stringify({ ...request, token: randomUUID(), data: { code: jwt } }));
  const [frame] = await answered;
  socket.terminate();
  return JSON.parse(String(frame)).code === 200;
}

async function exchange(key: SigningKey): Promise<string | null> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'benchmark.example', sub: randomUUID(), iat: now, exp: now + 900 };
  const answer = await fetch(`${node.url}/api/v2/webdeployments/token/signedtokenexchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deploymentId: SIGNED, token: signToken(key, claims) }),
  });
  const { jwt } = (await answer.json()) as { jwt?: string };
  return jwt ?? null;
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
