import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newEntry } from '../new-entry.ts';
import { contentHash } from './content-hash.ts';

/** Names and texts that JSON has had trouble with. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\ud800',
    'a\udc00b',
    '\u2028\u2029',
    '0',
    '10',
    '9',
    '-1',
    '__proto__',
    'toJSON',
  ),
  fc.constantFrom('\u0000', '"\\/', '\u{1f4e6}', 'é', 'e\u0301'),
);
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(-0, 1e21, 1e-7, 5e-324, 2 ** 53 + 2, 0.1 + 0.2, Number.NaN),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}));
const draft = fc.record(
  {
    text: text.map((said) => said.replaceAll('\0', '')),
    content: fc.array(value, { maxLength: 3 }),
    data: fc.dictionary(text, value, { maxKeys: 5 }),
    senderName: fc.option(text.map((name) => name.replaceAll('\0', ''))),
    clientId: text.map((id) => id.replaceAll('\0', '')),
  },
  { requiredKeys: [] },
);

test('what was read back from JSON, twice, has the hash that was made when it was written', () => {
  fc.assert(
    fc.property(draft, (given) => {
      const { conversationId: _, ...written } = newEntry({
        ...given,
        conversationId: '0198c0de-0000-7000-8000-000000000000',
        kind: 'message',
        role: 'customer',
      });
      const { contentHash: hash, contentJson, dataJson, ...said } = written;
      const stored = {
        ...said,
        content: contentJson === null ? [] : JSON.parse(contentJson),
        data: dataJson === null ? null : JSON.parse(dataJson),
      };
      assert.equal(contentHash(stored), hash);
      assert.equal(contentHash(JSON.parse(JSON.stringify(stored))), hash);
      assert.equal(contentHash(JSON.parse(JSON.stringify(stored, null, 2))), hash);
    }),
    { numRuns: 2000 },
  );
});

test('no member can be moved into another without changing the hash', () => {
  const entry = {
    ...({ id: 'x', kind: 'message', role: 'customer', senderId: 'a', senderName: null } as const),
    ...{ clientId: null, text: 'b', content: [], data: null },
  };
  const others = [
    { ...entry, senderId: null, senderName: 'a' },
    { ...entry, senderName: 'a', senderId: null },
    { ...entry, clientId: 'b', text: null },
    { ...entry, text: null, content: ['b'] },
    { ...entry, data: {} },
    { ...entry, text: 'b",[],null' },
  ];
  for (const other of others) assert.notEqual(contentHash(other), contentHash(entry));
});
