import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CheckLog } from './check-log.ts';
import { readContextClaims, readContexts } from './read-facts.ts';

const read = (lwicontexts: unknown) => {
  const log = new CheckLog();
  const facts = readContexts({ lwicontexts }, log);
  return { facts, check: log.checks[0] };
};

test('lwicontexts: primitives become facts by their exact names', () => {
  const { facts, check } = read(
    '{"msdyn_isvip":"true","cart":10000,"Member":true,"__proto__":"x"}',
  );
  assert.deepEqual(Object.entries(facts), [
    ['msdyn_isvip', 'true'],
    ['cart', 10000],
    ['Member', true],
    ['__proto__', 'x'],
  ]);
  assert.deepEqual(check, { name: 'lwicontexts', passed: true, observed: 'used: 4' });
});

test('lwicontexts: absent leaves no check', () => {
  assert.deepEqual(read(undefined), { facts: {}, check: undefined });
});

const unreadable: [string, unknown][] = [
  ['not JSON', '{vip:true}'],
  ['a JSON array', '["vip"]'],
  ['an object, not a string', { vip: 'true' }],
  ['a member twice', '{"vip":"false","vip":"true"}'],
];
for (const [what, value] of unreadable)
  test(`lwicontexts that is ${what} is recorded and not used`, () => {
    const { facts, check } = read(value);
    assert.deepEqual(facts, {});
    assert.equal(check?.passed, false);
    assert.match(check?.observed ?? '', /^not used: /);
  });

test('lwicontexts: a value that cannot be used is named and left out, the others stay', () => {
  const value = {
    good: 'yes',
    object: { value: 1 },
    list: [],
    nothing: null,
    long: 'x'.repeat(4001),
    zero: 'a\0b',
    half: '\ud83d',
    ['n'.repeat(101)]: 'x',
  };
  const { facts, check } = read(JSON.stringify(value));
  assert.deepEqual(facts, { good: 'yes' });
  assert.match(
    check?.observed ?? '',
    /^used: 1; not used: object \(object\), list \(array\), nothing/,
  );
});

test('lwicontexts: the 101st name is left out', () => {
  const names = Array.from({ length: 101 }, (_, i) => [`n${i}`, i]);
  const { facts, check } = read(JSON.stringify(Object.fromEntries(names)));
  assert.equal(Object.keys(facts).length, 100);
  assert.match(check?.observed ?? '', /n100 \(more than 100\)/);
});

test('context claims: only those named, and only primitives', () => {
  const log = new CheckLog();
  const claims = { tier: 'gold', secret: 'x', groups: ['a'] };
  assert.deepEqual(readContextClaims(claims, ['tier', 'groups', 'absent'], log), { tier: 'gold' });
  assert.equal(log.checks[0]?.observed, 'used: 1; not used: groups (array)');
});
