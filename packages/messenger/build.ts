// Builds what a site's visitors load: the loader as one classic script, the panel with hashed assets,
// and a manifest with the loader's integrity hash for the snippet.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import preact from '@preact/preset-vite';
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
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    outDir: join(dist, 'panel'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});

const weigh = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length;
const loader = readFileSync(join(dist, 'loader.js'));
const integrity = `sha384-${createHash('sha384').update(loader).digest('base64')}`;
const bytes = { bytes: loader.length, gzip: weigh(join(dist, 'loader.js')) };
writeFileSync(join(dist, 'manifest.json'), JSON.stringify({ loader: { integrity, ...bytes } }));

const files = readdirSync(join(dist, 'panel'), { recursive: true, withFileTypes: true });
const panel = files
  .filter((file) => file.isFile())
  .reduce((sum, file) => sum + weigh(join(file.parentPath, file.name)), 0);
console.log(`loader ${bytes.gzip} bytes gzipped, panel ${panel} with its page and style`);
