// Makes of docs/ the pages that a node serves at /docs/: no script or style in a page, nothing from elsewhere.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import MiniSearch from 'minisearch';
import { checkLinks } from './src/check-links.ts';
import { drawPage } from './src/draw-page.ts';
import { readPages } from './src/read-pages.ts';
import { sections } from './src/sections.ts';

const root = import.meta.dirname;
const docs = join(root, '../../docs');
const dist = join(root, 'dist');

const pages = readPages(docs, sections(docs));
checkLinks(pages);
rmSync(dist, { recursive: true, force: true });
for (const page of pages) write(page.path, drawPage(page, pages));

const search = new MiniSearch({
  fields: ['title', 'heading', 'text'],
  storeFields: ['title', 'heading', 'href'],
});
search.addAll(pages.flatMap(({ passages }) => passages).map((passage, id) => ({ id, ...passage })));
write('search.json', JSON.stringify(search));

const assets = join(dist, 'assets');
for (const name of ['docs.css', 'docs.js', 'theme.js'])
  cpSync(join(root, 'src/browser', name), join(assets, name));
const minisearch = fileURLToPath(import.meta.resolve('minisearch'));
cpSync(minisearch, join(assets, 'minisearch.js'));
cpSync(join(docs, 'pictures'), join(dist, 'pictures'), { recursive: true });
cpSync(join(root, '../messenger/src/mark.svg'), join(assets, 'mark.svg'));
console.log(`${pages.length} pages`);

function write(path: string, text: string): void {
  const file = join(dist, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
