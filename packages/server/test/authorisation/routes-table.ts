// Reads routes.md.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ActorName, actorNames } from './company.ts';

/** Where the object of a call is. */
export const places = ['ours', 'theirs', 'unknown'] as const;
export type Place = (typeof places)[number];

export interface Row {
  method: string;
  /** With `{conversation}` and the like. */
  path: string;
  body: string;
  expected: Record<ActorName, Record<Place, number>>;
}

export const TABLE = join(import.meta.dirname, 'routes.md');

export function readRoutes(): Row[] {
  const lines = readFileSync(TABLE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [head, , ...rows] = lines;
  assert.deepEqual(head, ['Call', 'Body', ...actorNames], 'the columns of routes.md');
  return rows.map(readRow);
}

function readRow([call = '', body = '', ...cells]: string[]): Row {
  const [method = '', path = ''] = call.split(' ');
  assert.equal(cells.length, actorNames.length, `routes.md: ${call} has a cell for every actor`);
  const expected = Object.fromEntries(
    actorNames.map((actor, index) => [actor, readCell(cells[index] ?? '', call)]),
  ) as Row['expected'];
  return { method, path, body, expected };
}

function readCell(cell: string, call: string): Record<Place, number> {
  const [ours, theirs = ours, unknown = theirs] = cell.split(' ').map(Number);
  assert.ok(ours && theirs && unknown, `routes.md: ${call} has statuses alone, not "${cell}"`);
  return { ours, theirs, unknown };
}

/** `GET /api/contacts/{}`: whatever the parameter is called, and without a query. */
export const routeOf = (method: string, path: string): string =>
  `${method.toUpperCase()} ${path.split('?', 1)[0]?.replace(/\{[^}]*\}/g, '{}')}`;
