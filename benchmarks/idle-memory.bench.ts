// B8: what an idle authenticated connection costs the node in resident memory.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { signingKey, signToken, startKeyServer } from '@countersign/simulators';
import { residentKiB, startNodeProcess } from '../e2e/node-process.ts';
import { configuration, SIGNED } from './configuration.ts';
import { machine, show, summary, table } from './report.ts';

/** Below the 20,000 open files that a process may have here. */
const CONNECTIONS = 16_000;
const RUNS = 3;

console.log(machine());
const ours: number[] = [];
const raw: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  ours.push(await measureNode());
  raw.push(await measureRaw());
}
const cost = summary(ours);
const limit = summary(raw);
table(
  ['figure', 'value'],
  [
    [`a node with ${CONNECTIONS} authenticated idle sockets`, show(cost, 'KiB a connection')],
    ['a bare ws server with as many', show(limit, 'KiB a connection')],
    ['ratio', (cost.median / limit.median).toFixed(2)],
  ],
);

/** KiB of resident memory that each connection adds to a node. */
async function measureNode(): Promise<number> {
  const key = await signingKey({ kid: 'benchmark' });
  const keys = await startKeyServer({ respond: () => ({ kind: 'body', body: key.publicKeyPem }) });
  const publicKeyUrl = `${keys.url}/publickey`;
  const node = await startNodeProcess({
    configuration: configuration({ publicKeyUrl }),
    environment: { COUNTERSIGN_ALLOW_PRIVATE_HOSTS: new URL(keys.url).host },
  });
  try {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: 'benchmark.example', sub: 'u-1007', iat: now, exp: now + 900 };
    const jwt = await exchange(node.url, await signToken(key, claims));
    const url = `${node.url.replace(/^http/, 'ws')}/v1?deploymentId=${SIGNED}`;
    return await perConnection(node.pid, { url, deploymentId: SIGNED, jwt });
  } finally {
    await node.stop();
    node.remove();
    await keys.close();
  }
}

async function exchange(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/api/v2/webdeployments/token/signedtokenexchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deploymentId: SIGNED, token }),
  });
  if (!response.ok) throw new Error(`Exchange refused: ${response.status}`);
  const answer = (await response.json()) as { jwt: string };
  return answer.jwt;
}

/** The same of a `ws` server that does nothing: what the platform alone costs. */
async function measureRaw(): Promise<number> {
  const server = spawn(
    process.execPath,
    [join(import.meta.dirname, 'idle-memory/bare-server.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = await once(server.stdout, 'data');
  const result = await perConnection(server.pid ?? 0, { url: String(line).trim() });
  await ended(server);
  return result;
}

async function perConnection(pid: number, target: Record<string, string>): Promise<number> {
  const before = residentKiB(pid);
  const clients = fork(join(import.meta.dirname, 'idle-memory/clients.ts'));
  clients.send({ ...target, connections: CONNECTIONS });
  const [opened] = await once(clients, 'message');
  if (opened !== CONNECTIONS) throw new Error(`Only ${opened} connections were configured.`);
  const after = residentKiB(pid);
  await ended(clients);
  return (after - before) / CONNECTIONS;
}

async function ended(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
