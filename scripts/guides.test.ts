// What a guide shows of a program in examples/ is what stands there.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = dirname(import.meta.dirname);
const guides = join(root, 'docs', 'guides');

/** A fence such as ```ts examples/express/server.ts */
const SHOWN = /^```\w+ (examples\/\S+)\n(.*?)^```$/gms;

const shown = readdirSync(guides).flatMap((guide) =>
  [...readFileSync(join(guides, guide), 'utf8').matchAll(SHOWN)].map(
    ([, path = '', code = '']) => ({ guide, path, code }),
  ),
);

for (const { guide, path, code } of shown)
  test(`${guide} shows ${path} as it is`, () => {
    const text = readFileSync(join(root, path), 'utf8');
    // A passage, or several with something between that the guide leaves out
    for (const passage of code.split(/^\s*…\n/m)) assert.ok(text.includes(passage.trim()), passage);
  });

test('every example has a guide', () => {
  const folders = readdirSync(join(root, 'examples'), { withFileTypes: true })
    .filter((item) => item.isDirectory() && !['node_modules', 'sample-site'].includes(item.name))
    .map(({ name }) => name);
  const text = readdirSync(guides)
    .map((guide) => readFileSync(join(guides, guide), 'utf8'))
    .join();
  assert.deepEqual(
    folders.filter((name) => !text.includes(`examples/${name}`)),
    [],
  );
});
