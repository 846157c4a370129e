import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type IdentityUnderTest,
  identityUnderTest,
  source,
} from '../testing/identity-under-test.ts';
import { newReference, normaliseReference } from './reference.ts';

/** The first references are alike, so that they collide. */
let drawn = 0;
const colliding = (size: number): Uint8Array =>
  new Uint8Array(size).fill(drawn++ < 4 ? 7 : drawn % 256);

let bench: IdentityUnderTest;
before(async () => {
  bench = await identityUnderTest({ randomness: colliding });
});
after(() => bench.close());

const refuse = () => bench.identity.refuseMissingSetting('signed-token', source);

test('a reference that is taken is drawn again, also within one group', async () => {
  const verdicts = await Promise.all([refuse(), refuse(), refuse()]);
  assert.equal(new Set(verdicts.map(({ reference }) => reference)).size, 3);
  assert.equal(await bench.attemptsStored(), 3);
});

test('the list is newest first, in pages, and filtered', async () => {
  await refuse();
  const read = bench.identity.attempts;
  const one = await read({ limit: 3 });
  const two = await read({ limit: 3, ...(one.next ? { cursor: one.next } : {}) });
  const ids = [...one.items, ...two.items].map(({ id }) => id);
  assert.equal(ids.length, 4);
  assert.deepEqual(ids, ids.toSorted().toReversed());
  assert.equal(two.next, undefined);
  assert.equal((await read({ limit: 9, outcome: 'accepted' })).items.length, 0);
  assert.equal((await read({ limit: 9, reason: 'setting_missing' })).items.length, 4);
  assert.equal((await read({ limit: 9, reason: 'expired' })).items.length, 0);
});

test('a reference is found as people type it, and a forged cursor finds nothing', async () => {
  const { reference } = await refuse();
  const typed = reference.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  const { items } = await bench.identity.attempts({ reference: typed, limit: 1 });
  assert.equal(items[0]?.reference, reference);
  const forged = await bench.identity.attempts({ cursor: "' or 1=1", limit: 1 });
  assert.deepEqual(forged, { items: [] });
});

test('a reference is 40 bits in eight digits that can be read aloud', () => {
  assert.equal(
    newReference(() => new Uint8Array(5)),
    '0000-0000',
  );
  assert.equal(
    newReference(() => new Uint8Array(5).fill(255)),
    'ZZZZ-ZZZZ',
  );
  assert.equal(normaliseReference('oil1-zzzz'), '0111-ZZZZ');
});

test('I6 what cannot be recorded is neither refused nor accepted: the proof fails as a whole', async () => {
  await bench.breakStore();
  await assert.rejects(refuse());
});
