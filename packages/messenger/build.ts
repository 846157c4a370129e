// Builds what a site's visitors load: the loader as one classic script, the panel with hashed assets,
// and a manifest with the loader's integrity hash for the snippet.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = import.meta.dirname;
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: dist,
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: join(root, 'src/loader/main.ts'),
      formats: ['iife'],
      name: 'CountersignLoader',
      fileName: () => 'loader.js',
    },
  },
});

await build({
  root: join(root, 'src/panel'),
  configFile: false,
  base: '/messenger/',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: '#view', development: false } },
  build: {
    outDir: join(dist, 'panel'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});

const weigh = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length;
const loader = readFileSync(join(dist, 'loader.js'));
const integrity = `sha384-${createHash('sha384').update(loader).digest('base64')}`;
const bytes = { bytes: loader.length, gzip: weigh(join(dist, 'loader.js')) };
writeFileSync(join(dist, 'manifest.json'), JSON.stringify({ loader: { integrity, ...bytes } }));

const sizes = readdirSync(join(dist, 'panel'), { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile())
  .map((file) => ({ name: file.name, gzip: weigh(join(file.parentPath, file.name)) }));
// A visitor loads one language: English is in the script, each other one is a file of its own
const languages = sizes.filter(({ name }) => name.startsWith('strings-'));
const rest = sizes.filter((size) => !languages.includes(size));
const panel =
  rest.reduce((sum, { gzip }) => sum + gzip, 0) + Math.max(...languages.map(({ gzip }) => gzip));
console.log(
  `loader ${bytes.gzip} bytes gzipped, panel ${panel} with its page, style and largest language`,
);
