import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, putOnTop } from './differences.ts';
import { fieldOf, messageAt, outward } from './faults.ts';
import { isSame, valueAt, withValue } from './paths.ts';

const stream = {
  name: 'Web chat',
  routeToQueue: [{ queue: 'Guests' }, { queue: 'Signed-in customers', priority: 1 }],
  appearance: { position: 'Auto' },
};

test('a path reads and writes what stands there, and leaves the rest as it is', () => {
  assert.equal(valueAt(stream, 'routeToQueue[1].queue'), 'Signed-in customers');
  assert.equal(valueAt(stream, 'routeToQueue[7].queue'), undefined);
  assert.equal(valueAt(stream, 'constructor'), undefined);
  const changed = withValue(stream, 'routeToQueue[0].queue', 'VIP');
  assert.equal(valueAt(changed, 'routeToQueue[0].queue'), 'VIP');
  assert.equal(valueAt(stream, 'routeToQueue[0].queue'), 'Guests');
  assert.deepEqual(withValue({}, 'a.b[0].c', 1), { a: { b: [{ c: 1 }] } });
});

test('no value takes a key away, and an item out of its list', () => {
  assert.deepEqual(withValue({ a: 1, b: 2 }, 'a', undefined), { b: 2 });
  assert.deepEqual(withValue({ a: [1, 2, 3] }, 'a[1]', undefined), { a: [1, 3] });
});

test('the order of keys and keys without a value make no difference', () => {
  assert.ok(isSame({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1, d: undefined }));
  assert.ok(!isSame({ a: [1, 2] }, { a: [2, 1] }));
});

test('differences are named by their paths, lists of objects item by item', () => {
  const changed = withValue(withValue(stream, 'appearance.position', 'Left'), 'routeToQueue[1]', {
    queue: 'VIP',
  });
  assert.deepEqual(differences(stream, changed), [
    { path: 'routeToQueue[1].queue', before: 'Signed-in customers', after: 'VIP' },
    { path: 'routeToQueue[1].priority', before: 1, after: undefined },
    { path: 'appearance.position', before: 'Auto', after: 'Left' },
  ]);
  assert.deepEqual(differences({ a: ['en'] }, { a: ['en', 'de'] }), [
    { path: 'a', before: ['en'], after: ['en', 'de'] },
  ]);
});

test('own changes on top of another’s keep what only the other changed', () => {
  const base = { name: 'A', appearance: { color: '#000000', position: 'Auto' }, languages: ['en'] };
  const mine = { ...base, appearance: { color: '#111111', position: 'Auto' }, note: 'mine' };
  const theirs = { ...base, name: 'B', appearance: { color: '#000000', position: 'Left' } };
  assert.deepEqual(putOnTop(base, mine, theirs), {
    name: 'B',
    appearance: { color: '#111111', position: 'Left' },
    languages: ['en'],
    note: 'mine',
  });
  assert.deepEqual(putOnTop({ a: 1, b: 1 }, { b: 1 }, { a: 2, b: 2 }), { b: 2 });
});

test('a fault is shown at its own field, else at the nearest around it', () => {
  const fields = new Set(['name', 'routeToQueue', 'routeToQueue[0].queue']);
  assert.deepEqual(outward('routeToQueue[0].queue'), [
    'routeToQueue[0].queue',
    'routeToQueue[0]',
    'routeToQueue',
  ]);
  const fault = (path: string) => ({ path, message: `${path} is wrong` });
  assert.equal(fieldOf(fault('routeToQueue[0].queue'), fields), 'routeToQueue[0].queue');
  assert.equal(fieldOf(fault('routeToQueue[1].queue'), fields), 'routeToQueue');
  assert.equal(fieldOf(fault('capacity'), fields), null);
  assert.equal(fieldOf(fault(''), fields), null);
  const faults = [fault('routeToQueue[0].queue'), fault('routeToQueue[1].when')];
  assert.equal(messageAt('routeToQueue', faults, fields), 'routeToQueue[1].when is wrong');
});
