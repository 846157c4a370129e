// B15: what a site's visitor downloads, gzipped: the loader before the click, the panel after it, with the
// largest of the languages that are files of their own (English is in the script). All in: with survey, hours,
// files, place and rating, which are loaded where a deployment asks for them, else with the first message.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { table } from './report.ts';

const DIST = join(import.meta.dirname, '../packages/messenger/dist');
const LOADER_TARGET = 2 * 1024;
const PANEL_TARGET = 18 * 1024;
/** Gzipped weight of Preact alone, from the benchmark's specification. */
const PREACT = 5.7 * 1024;

const gzipped = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length;
const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
  .map((entry) => join(entry.parentPath, entry.name));
const loader = gzipped(join(DIST, 'loader.js'));
// The try page and the console's preview are for staff: no visitor loads them
const later = files.filter((path) => path.startsWith(join(DIST, 'panel')));
const isLanguage = (path: string) => /strings-\w+-[^/]*\.json$/.test(path);
const largest = Math.max(...later.filter(isLanguage).map(gzipped));
const isAround = (path: string) => /around-[^/]*\.js$/.test(path);
const panel = later
  .filter((path) => !isLanguage(path) && !isAround(path))
  .reduce((sum, path) => sum + gzipped(path), largest);
const all = later.filter(isAround).reduce((sum, path) => sum + gzipped(path), panel);

table(
  ['part', 'bytes gzipped', 'target', '÷ Preact'],
  [
    ['loader', String(loader), `≤ ${LOADER_TARGET}`, (loader / PREACT).toFixed(2)],
    ['panel', String(panel), `≤ ${PANEL_TARGET}`, (panel / PREACT).toFixed(2)],
    ['panel, all in', String(all), `≤ ${PANEL_TARGET}`, (all / PREACT).toFixed(2)],
    ...later.map((path) => [`– ${path.slice(DIST.length + 1)}`, String(gzipped(path)), '', '']),
  ],
);
