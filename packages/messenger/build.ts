// Builds what a site's visitors load: the loader as one classic script, the panel with hashed assets,
// and a manifest with the loader's integrity hash for the snippet.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { shortNames } from './short-names.ts';

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

// The page on which staff try a messenger: no site loads it
const tryFolder = join(dist, 'try');
for (const name of ['try', 'callback'])
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: tryFolder,
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: join(root, `src/try/${name}.ts`),
        formats: ['iife'],
        name: 'CountersignTry',
        fileName: () => `${name}.js`,
      },
    },
  });
copyFileSync(join(root, 'src/try/try.css'), join(tryFolder, 'try.css'));

/** Whitespace too, which a library's build would keep. */
const minify = { compress: true, mangle: true, codegen: true, mangleProps: shortNames };
const jsx = { runtime: 'automatic', importSource: '#view', development: false } as const;

/** By itself, so that the panel does not carry what bundlers need to load a part of it. */
const around = join(dist, 'around');
await build({
  root: join(root, 'src/panel'),
  configFile: false,
  logLevel: 'warn',
  oxc: { jsx },
  build: {
    outDir: around,
    emptyOutDir: true,
    target: 'es2022',
    minify: true,
    lib: { entry: join(root, 'src/panel/around-chat.tsx'), formats: ['es'] },
    rollupOptions: { output: { entryFileNames: 'around-[hash].js', minify } },
  },
});
const [aroundName = ''] = readdirSync(around);

await build({
  root: join(root, 'src/panel'),
  configFile: false,
  base: '/messenger/',
  logLevel: 'warn',
  define: { AROUND: JSON.stringify(`/messenger/assets/${aroundName}`) },
  oxc: { jsx },
  build: {
    outDir: join(dist, 'panel'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: { output: { minify } },
    assetsInlineLimit: 0,
  },
});

/** For the console alone: no visitor loads it, so its size is nobody's concern. */
await build({
  root: join(root, 'src/preview'),
  configFile: false,
  base: '/messenger/preview/',
  logLevel: 'warn',
  define: { AROUND: JSON.stringify('') },
  oxc: { jsx },
  build: {
    outDir: join(dist, 'preview'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});

renameSync(join(around, aroundName), join(dist, 'panel/assets', aroundName));
rmSync(around, { recursive: true });

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
// Survey, hours, files and rating come where a deployment asks for them, else with the first message
const parts = sizes.filter(({ name }) => name.startsWith('around-'));
const rest = sizes.filter((size) => !languages.includes(size) && !parts.includes(size));
const sum = (files: typeof sizes) => files.reduce((total, { gzip }) => total + gzip, 0);
const panel = sum(rest) + Math.max(...languages.map(({ gzip }) => gzip));
console.log(
  `loader ${bytes.gzip} bytes gzipped, panel ${panel} with its page, style and largest language, ` +
    `${panel + sum(parts)} with what stands around a chat`,
);
