import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseStrictText } from './strict-json.ts';

const json = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 5 }), {
  maxKeys: 6,
});

test('reads every object as JSON.parse does, however it is spaced', () => {
  fc.assert(
    fc.property(json, fc.constantFrom(0, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space);
      assert.deepEqual(parseStrictText(text), { value: JSON.parse(text) });
    }),
  );
});

test('refuses a member twice, whichever and wherever, also behind escapes', () => {
  const escaped = (name: string): string =>
    [...name].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
      json,
      fc.boolean(),
      (name, value, deep) => {
        const { [name]: _, ...rest } = value;
        const others = JSON.stringify(rest).slice(1, -1);
        const twice = `{${JSON.stringify(name)}:1${others && `,${others}`} , "${escaped(name)}" : 2}`;
        const text = deep ? `{"a":[{"b":${twice}}]}` : twice;
        assert.deepEqual(parseStrictText(text), { problem: 'a member twice' });
      },
    ),
  );
});

test('keeps a member named __proto__ a member', () => {
  const parsed = parseStrictText('{"__proto__":{"sub":"eve"}}');
  assert.ok('value' in parsed);
  assert.equal(parsed.value.sub, undefined);
});

test('nesting has an end, spaced or not', () => {
  const nested = (depth: number): string => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  assert.ok('value' in parseStrictText(nested(31)));
  for (const text of [nested(32), nested(6_000), ` ${nested(32)}`])
    assert.deepEqual(parseStrictText(text), { problem: 'nested deeper than 32' });
});
