// B5: B4 stepped up until its p99 passes 100 ms: how many durable messages a second one node carries.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startNodeProcess } from '../e2e/node-process.ts';
import { configuration } from './configuration.ts';
import { type FanoutResult, mustBeWhole, openStage } from './fanout.ts';
import { pgbenchInserts } from './limits.ts';
import { machine, show, summary, table } from './report.ts';

const RUNS = 3;
const SECONDS = 5;
const FIRST_RATE = 4000;
const STEP = 1000;
const LAST_RATE = 20_000;
const LIMIT_SECONDS = 5;
const P99_LIMIT_MS = 100;
/** What the same workload gave on ejabberd with its archive on PostgreSQL (spec/benchmarks.md), not of this run. */
const EJABBERD = 3500;

console.log(machine());
const node = await startNodeProcess({ configuration: configuration() });
const highest: FanoutResult[] = [];
const limits: number[] = [];
try {
  const stage = await openStage(node.url);
  mustBeWhole(await stage.run(1000, SECONDS));
  for (let run = 0; run < RUNS; run += 1) {
    highest.push(await climb(stage));
    const socket = socketFolder(join(node.dataDir, 'data'));
    const limit = socket ? pgbenchInserts(socket, LIMIT_SECONDS) : null;
    if (limit !== null) limits.push(limit);
  }
  stage.close();
} finally {
  await node.stop();
  node.remove();
}

const rate = summary(highest.map((result) => result.rate));
const rows = [['highest rate with p99 ≤ 100 ms', show(rate, 'messages/s', 0)]];
if (limits.length > 0) {
  const limit = summary(limits);
  rows.push(['pgbench, 40 clients, single inserts', show(limit, 'commits/s', 0)]);
  rows.push(['ratio', (rate.median / limit.median).toFixed(2)]);
} else rows.push(['ratio', 'not measured: pgbench is not installed or failed']);
rows.push(['against ejabberd (3,500/s, another run)', (rate.median / EJABBERD).toFixed(1)]);
table(['figure', 'value'], rows);

/** The last rate whose p99 stays within the limit; a loss at any rate ends the benchmark. */
async function climb(stage: Awaited<ReturnType<typeof openStage>>): Promise<FanoutResult> {
  let last: FanoutResult | undefined;
  for (let due = FIRST_RATE; due <= LAST_RATE; due += STEP) {
    const result = await stage.run(due, SECONDS);
    console.log(`${due}/s: p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms`);
    if (result.p99 > P99_LIMIT_MS || result.delivered < result.sent) break;
    mustBeWhole(result);
    last = result;
  }
  if (!last) throw new Error(`Even ${FIRST_RATE}/s missed the limit.`);
  return last;
}

/** Where the embedded database listens, below the node's data directory. */
function socketFolder(dataDir: string): string | null {
  for (const entry of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
    if (entry.name === '.s.PGSQL.5432') return entry.parentPath;
  }
  return null;
}
