// One line a test file, every failure in full, the reason of every skip, and the closing counts.
import { relative } from 'node:path';
import { root } from './install.mjs';

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

function cause(error) {
  const inner = error?.cause ?? error;
  return inner?.stack ?? inner?.message ?? String(inner);
}

export default async function* report(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const skips = new Set();
  const failures = [];
  for await (const { type, data } of source) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      if (process.env.VERBOSE) yield data.message;
      continue;
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isFile = data.nesting === 0 && data.file && data.name === data.file;
    const file = data.file ? relative(root, data.file) : '';
    if (data.details?.type === 'suite' || isFile) {
      if (type === 'test:fail' && isFile) {
        counts.failed += 1;
        failures.push(`${file}\n${cause(data.details.error)}`);
      }
      continue;
    }
    if (data.skip !== undefined) {
      counts.skipped += 1;
      skips.add(`${file}: ${typeof data.skip === 'string' && data.skip ? data.skip : data.name}`);
      yield `- ${file}: ${data.name} (skipped)\n`;
    } else if (type === 'test:pass') {
      counts.passed += 1;
      yield `✓ ${file}: ${data.name} (${seconds(data.details.duration_ms)})\n`;
    } else {
      counts.failed += 1;
      failures.push(`${file}: ${data.name}\n${cause(data.details.error)}`);
      yield `✗ ${file}: ${data.name}\n`;
    }
  }
  if (skips.size > 0) yield `\nSkipped:\n${[...skips].map((s) => `  ${s}\n`).join('')}`;
  if (failures.length > 0) yield `\nFailed:\n\n${failures.join('\n\n')}\n`;
  yield `\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
}
