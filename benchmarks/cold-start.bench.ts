// B13: from an empty directory to `ready`, again on existing data, and the memory of the node then.
import { spawnSync } from 'node:child_process';
import { startNodeProcess } from '../e2e/node-process.ts';
import { configuration } from './configuration.ts';
import { machine, show, summary, table } from './report.ts';

const RUNS = 5;

console.log(machine());
const first: number[] = [];
const later: number[] = [];
const memory: number[] = [];
const bare: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  bare.push(performance.now() - started);
  const fresh = await startNodeProcess({ configuration: configuration() });
  first.push(fresh.readyMs);
  await fresh.stop();
  const again = await startNodeProcess({
    configuration: configuration(),
    dataDir: fresh.dataDir,
  });
  later.push(again.readyMs);
  memory.push(again.rssKiB() / 1024);
  await again.stop();
  again.remove();
}
const limit = summary(bare);
const row = (name: string, values: number[], unit: string) => {
  const figure = summary(values);
  const ratio = unit === 'ms' ? (figure.median / limit.median).toFixed(1) : '';
  return [name, show(figure, unit, 0), ratio];
};
table(
  ['figure', 'value', '÷ start of Node'],
  [
    row('empty directory → ready', first, 'ms'),
    row('existing data → ready', later, 'ms'),
    row('resident memory of the node', memory, 'MiB'),
    row('start of Node alone', bare, 'ms'),
  ],
);
