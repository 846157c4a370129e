import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCompactJws } from './compact-jws.ts';
import { segment } from './testing/forged-token.ts';

const GOOD = `${segment({ alg: 'RS256' })}.${segment({ sub: 'ada' })}.${segment('signature')}`;

test('whatever it is given, it answers: it never throws', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  const dotted = fc.array(fc.oneof(text, fc.base64String()), { maxLength: 6 });
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        dotted.map((parts) => parts.join('.')),
      ),
      (token) => {
        assert.equal(typeof parseCompactJws(token), 'object');
      },
    ),
  );
});

test('one token has one spelling: any character put in, left out or changed is seen', () => {
  const place = fc.nat({ max: GOOD.length - 1 });
  fc.assert(
    fc.property(
      place,
      fc.nat({ max: 1 }),
      fc.string({ unit: 'binary', maxLength: 2 }),
      (at, cut, put) => {
        const token = GOOD.slice(0, at) + put + GOOD.slice(at + cut);
        const parsed = parseCompactJws(token);
        if (token === GOOD || 'problem' in parsed) return;
        const spelling = [
          parsed.signingInput.toString('latin1'),
          parsed.signature.toString('base64url'),
        ];
        assert.equal(spelling.join('.'), token);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a header met before is read as the first time, and cannot be changed', () => {
  const [one, two] = [parseCompactJws(GOOD), parseCompactJws(GOOD)];
  assert.ok(!('problem' in one) && !('problem' in two));
  assert.deepEqual(one.header, { alg: 'RS256' });
  assert.deepEqual(two.header, one.header);
  assert.ok(Object.isFrozen(two.header));
});
