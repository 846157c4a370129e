import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { COOL_DOWN_MS, FRESH_MS, LastGood } from './last-good.ts';

function counted() {
  const state = { now: 1_000_000_000, loads: 0, fails: false };
  const load = async (): Promise<number> => {
    state.loads += 1;
    if (state.fails) throw new Error('no answer');
    return state.loads;
  };
  return { state, value: new LastGood(load, { now: () => state.now }) };
}

test('one fetch at a time, however many ask', async () => {
  const { state, value } = counted();
  const all = await Promise.all(Array.from({ length: 50 }, () => value.get()));
  assert.deepEqual(new Set(all), new Set([1]));
  assert.equal(state.loads, 1);
});

test('renewed beside its use in the last minute, waited for after ten', async () => {
  const { state, value } = counted();
  await value.get();
  state.now += FRESH_MS - 60_000;
  assert.equal(await value.get(), 1, 'the old one at once');
  assert.equal(state.loads, 2);
  await setImmediate(); // the renewal ends
  assert.equal(await value.get(), 2);
  state.now += FRESH_MS;
  assert.equal(await value.get(), 3);
});

test('a failed fetch leaves the last good value, is told, and is not repeated at once', async () => {
  const { state, value } = counted();
  await value.get();
  state.fails = true;
  state.now += FRESH_MS;
  assert.equal(await value.get(), 1);
  assert.equal(await value.get(), 1);
  assert.equal(state.loads, 2);
  assert.ok(value.state.failure);
  state.now += 24 * 3_600_000;
  await assert.rejects(value.get(), /no answer/);
});

test('a trigger from outside fetches once a cool-down', async () => {
  const { state, value } = counted();
  await value.get();
  assert.equal(await value.refetch(), true);
  assert.equal(await value.refetch(), false);
  state.now += COOL_DOWN_MS;
  assert.equal(await value.refetch(), true);
  assert.equal(state.loads, 3);
});

test('K11 a clock set back by an hour neither stops renewal nor loses the value', async () => {
  const { state, value } = counted();
  await value.get();
  await value.refetch();
  state.now -= 3_600_000;
  state.fails = true;
  assert.equal(await value.get(), 2);
  state.fails = false;
  assert.equal(await value.refetch(), true);
  assert.equal(await value.get(), 4);
});
