// One direction (DESIGN, "The shape"): reads the imports and fails on an arrow that runs the wrong way.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { test } from 'node:test';

const root = dirname(import.meta.dirname);
const packagesFolder = join(root, 'packages');
const server = join(packagesFolder, 'server', 'src');

/** Which modules of the server a module may use. Everything may use `platform`. */
const mayUse: Record<string, string[]> = {
  platform: [],
  identity: [],
  configuration: ['identity'],
  contacts: ['identity'],
  attachments: [],
  conversations: [],
  sessions: ['identity', 'contacts', 'conversations', 'configuration'],
  routing: ['identity', 'contacts', 'conversations', 'configuration'],
  workspace: [
    'sessions',
    'routing',
    'identity',
    'contacts',
    'attachments',
    'conversations',
    'configuration',
  ],
  administration: ['sessions', 'routing', 'identity', 'contacts', 'conversations', 'configuration'],
  webhooks: ['administration', 'workspace', 'conversations', 'configuration'],
  commands: ['identity', 'configuration', 'site-checks'],
  'site-checks': [],
  sightings: [],
  'try-page': ['administration', 'identity', 'configuration'],
  setup: [
    'administration',
    'routing',
    'identity',
    'conversations',
    'configuration',
    'sightings',
    'site-checks',
  ],
  'channels/apple': [
    'sessions',
    'routing',
    'identity',
    'contacts',
    'attachments',
    'conversations',
    'configuration',
  ],
  'channels/web': [
    'sessions',
    'routing',
    'identity',
    'contacts',
    'attachments',
    'conversations',
    'configuration',
    'sightings',
  ],
};

/** Which of our packages a package may use. */
const packagesMayUse: Record<string, string[]> = {
  protocol: [],
  transport: [],
  simulators: [],
  server: ['protocol'],
  messenger: ['transport'],
  console: ['protocol'],
  'site-kit': [],
  'page-kit': [],
  'docs-site': [],
};
/** What tests may use besides: the outside world and the client. */
const testsMayUse = ['simulators', 'transport', 'server', 'protocol'];

interface Import {
  file: string;
  specifier: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    if (['node_modules', 'dist', 'data'].includes(item.name)) return [];
    const path = join(folder, item.name);
    if (item.isDirectory()) return sources(path);
    return /\.tsx?$/.test(item.name) ? [path] : [];
  });
}

function imports(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const pattern = /(?:from|import)\s*\(?\s*'([^']+)'/g;
  return [...text.matchAll(pattern)].map((match) => ({ file, specifier: match[1] ?? '' }));
}

const isTest = (file: string): boolean => /\.test\.tsx?$|[/\\](test|testing)[/\\]/.test(file);

function moduleOf(path: string): string | null {
  const inside = relative(server, path);
  if (inside.startsWith('..')) return null;
  const [first, second] = inside.split(/[/\\]/);
  if (first === 'channels') return `channels/${second}`;
  return inside.includes('/') ? (first ?? null) : null;
}

function serverFaults({ file, specifier }: Import): string[] {
  const from = moduleOf(file);
  if (!from || !specifier.startsWith('.')) return [];
  const target = normalize(join(dirname(file), specifier));
  const to = moduleOf(target);
  const where = `${relative(root, file)} imports ${specifier}`;
  if (to === from) return [];
  if (to === null) return isTest(file) ? [] : [`${where}: only node.ts and main.ts wire modules`];
  if (isTest(file)) return [];
  const faults: string[] = [];
  if (to !== 'platform' && !mayUse[from]?.includes(to))
    faults.push(`${where}: ${from} may not use ${to}`);
  const entered = relative(join(server, to), target);
  if (entered !== 'index.ts') {
    faults.push(`${where}: a module is entered through its index.ts`);
  }
  return faults;
}

function packageFaults({ file, specifier }: Import): string[] {
  const match = /^@countersign\/([^/]+)/.exec(specifier);
  const from = relative(packagesFolder, file).split(/[/\\]/)[0] ?? '';
  if (!match || from === match[1]) return [];
  const to = match[1] ?? '';
  const allowed = [...(packagesMayUse[from] ?? []), ...(isTest(file) ? testsMayUse : [])];
  // The demonstration is the one place where a node meets its simulated world.
  if (['demo.ts', 'demo-apple.ts'].includes(relative(server, file)) && to === 'simulators')
    return [];
  return allowed.includes(to) ? [] : [`${relative(root, file)}: ${from} may not use ${to}`];
}

const all = sources(packagesFolder).flatMap(imports);

test('imports run in one direction, and enter a module through its index.ts', () => {
  assert.deepEqual(all.flatMap(serverFaults), []);
});

test('no package uses one it may not', () => {
  assert.deepEqual(all.flatMap(packageFaults), []);
});

test('SQL stands only in stores and migrations', () => {
  const sql = /\b(select|insert into|update|delete from)\b[^'"`]*\b(from|set|values|where)\b/i;
  const faults = sources(server)
    .filter((file) => !isTest(file) && !/(store|migrations)(\.ts|[/\\])/.test(file))
    .filter((file) => moduleOf(file) !== 'platform')
    .filter((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .some(
          (line) =>
            !/^\s*(\*|\/\/|\/\*)/.test(line) && /sql`|\.query\(/.test(line) && sql.test(line),
        ),
    )
    .map((file) => relative(root, file));
  assert.deepEqual(faults, []);
});

test('only settings.ts reads the environment', () => {
  const faults = sources(server)
    .filter((file) => !isTest(file) && relative(server, file) !== 'settings.ts')
    .filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')))
    .map((file) => relative(root, file));
  assert.deepEqual(faults, []);
});

test('files are kebab-case and named after what they do', () => {
  const vague = /(^|[-/])(utils?|helpers?|common|misc|manager)(\.|-|$)/;
  const faults = [packagesFolder, join(root, 'e2e'), join(root, 'benchmarks')]
    .flatMap(sources)
    .map((file) => relative(root, file))
    .filter((file) => vague.test(file) || !/^[a-z0-9-.]+$/.test(file.split('/').at(-1) ?? ''));
  assert.deepEqual(faults, []);
});
