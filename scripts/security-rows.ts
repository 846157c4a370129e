// npm run security-rows: prints the rows of the security specification that no test names, and
// exits with 1 if there are any. A test names a row in its title, `T07 …` or `[T18] …`; a title that is
// put together from a table begins with the row's id in the table.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const FOLDERS = ['packages', 'e2e', 'scripts'];

const numbered = (letter: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `${letter}${String(from + i).padStart(2, '0')}`);

/** T: tokens and proofs. S: sockets. A: who may do what. */
export const ROWS = [...numbered('T', 0, 34), ...numbered('S', 1, 5), ...numbered('A', 1, 5)];

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    if (['node_modules', 'dist', 'data'].includes(item.name)) return [];
    const path = join(folder, item.name);
    if (item.isDirectory()) return testFiles(path);
    return /\.test\.tsx?$/.test(item.name) ? [path] : [];
  });
}

/** Row ids that the tests of this file name. */
export function rowsNamedIn(source: string): string[] {
  const titles = [
    ...source.matchAll(/\b(?:test|it)(?:\.\w+)?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs),
    ...source.matchAll(/(['"`])(\[?[TSA]\d\d\b(?:\\.|(?!\1)[^\n])*)\1/g),
  ].map(([, , title = '']) => title);
  return titles.flatMap((title) => [...title.matchAll(/\b[TSA]\d\d\b/g)].map(([id]) => id));
}

export function openRows(): string[] {
  const files = FOLDERS.flatMap((folder) => testFiles(join(root, folder)));
  const named = new Set(files.flatMap((file) => rowsNamedIn(readFileSync(file, 'utf8'))));
  return ROWS.filter((id) => !named.has(id));
}

if (import.meta.filename === process.argv[1]) {
  const open = openRows();
  console.log(
    open.length === 0
      ? `Each of the ${ROWS.length} security rows has a test.`
      : `No test names ${open.join(', ')} (${open.length} of ${ROWS.length} security rows).`,
  );
  process.exit(open.length === 0 ? 0 : 1);
}
