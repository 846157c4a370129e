// npm run bench [-- NAME …]: runs the named benchmarks, or all of them, one after another.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { install, node, root, run } from './install.mjs';

install();
build({ ifStale: true });
const folder = join(root, 'benchmarks');
const known = readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .map((name) => name.replace('.bench.ts', ''));
const names = process.argv.slice(2).filter((a) => !a.startsWith('-'));
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark named ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}
let worst = 0;
for (const name of names.length > 0 ? names : known) {
  console.log(`\n== ${name}`);
  worst = Math.max(worst, run(node, [join(folder, `${name}.bench.ts`)]));
}
process.exit(worst);
