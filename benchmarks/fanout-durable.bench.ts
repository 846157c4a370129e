// B4: 200 conversations, customer over the Guest API and agent on the live feed, at 1, 2 and 5 thousand messages a second.

import { startNodeProcess } from '../e2e/node-process.ts';
import { configuration } from './configuration.ts';
import { mustBeWhole, openStage } from './fanout.ts';
import { syncMs } from './limits.ts';
import { machine, show, summary, table } from './report.ts';

const RATES = [1000, 2000, 5000];
const RUNS = 3;
const SECONDS = 10;
const WARM_UP_SECONDS = 3;

console.log(machine());
const node = await startNodeProcess({ configuration: configuration() });
const limit = summary(Array.from({ length: RUNS }, () => syncMs(node.dataDir)));
const rows: string[][] = [];
try {
  const stage = await openStage(node.url);
  mustBeWhole(await stage.run(1000, WARM_UP_SECONDS));
  for (const rate of RATES) {
    const results = [];
    for (let run = 0; run < RUNS; run += 1) {
      const result = await stage.run(rate, SECONDS);
      mustBeWhole(result);
      results.push(result);
    }
    const p50 = summary(results.map((result) => result.p50));
    const p99 = summary(results.map((result) => result.p99));
    console.log(`${rate}/s: p50 ${show(p50, 'ms')}, p99 ${show(p99, 'ms')}`);
    rows.push([
      `${rate}/s`,
      show(p50, 'ms'),
      show(p99, 'ms'),
      (p50.median / limit.median).toFixed(1),
      (p99.median / limit.median).toFixed(1),
    ]);
  }
  stage.close();
} finally {
  await node.stop();
  node.remove();
}
console.log(`fdatasync of 8 KiB in the data directory: ${show(limit, 'ms')}`);
table(['due', 'p50 end to end', 'p99 end to end', 'p50 ÷ fdatasync', 'p99 ÷ fdatasync'], rows);
