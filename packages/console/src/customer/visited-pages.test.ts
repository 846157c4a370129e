import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitedPages } from './visited-pages.ts';

const said = (value: string) => [{ name: 'SelfService', value, origin: 'customer' as const }];

test('what the customer did before is listed with its kind, newest first', () => {
  const list = [
    { msdyn_displaytitle: 'Tents', msdyn_starttime: '2026-11-22T09:00:00Z', msdyn_type: 192350000 },
    {
      msdyn_displaytitle: 'rain',
      msdyn_starttime: '2026-11-22T09:01:00Z',
      msdyn_type: '192350001',
    },
    { msdyn_displaytitle: 'Other', msdyn_starttime: 'then' },
  ];
  assert.deepEqual(visitedPages(said(JSON.stringify(list))), [
    { kind: 'search', title: 'rain', at: '2026-11-22T09:01:00.000Z' },
    { kind: 'page', title: 'Tents', at: '2026-11-22T09:00:00.000Z' },
    { kind: 'custom', title: 'Other', at: null },
  ]);
});

test('what is no such list shows nothing', () => {
  for (const text of ['', '{', '{}', '[1, null, {}]', '[{"msdyn_displaytitle": 7}]']) {
    assert.deepEqual(visitedPages(said(text)), [], text);
  }
  assert.deepEqual(visitedPages([]), []);
});
