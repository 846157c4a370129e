import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AnswerStore, KeptAnswers } from './kept-answers.ts';

function store(text = ''): AnswerStore & { text: string; writes: number } {
  return {
    text,
    writes: 0,
    kept() {
      return this.text;
    },
    keep(_key, written) {
      this.text = written;
      this.writes += 1;
    },
  };
}

test('answers outlive the page, half given and given', () => {
  const kept = store();
  new KeptAnswers(kept).write({ Name: 'Kari' }, false);
  const half = new KeptAnswers(kept);
  assert.deepEqual([half.answers, half.isGiven], [{ Name: 'Kari' }, false]);
  half.write({ Name: 'Kari', Topic: 'Return' }, true);
  const later = new KeptAnswers(kept);
  assert.deepEqual([later.answers, later.isGiven], [{ Name: 'Kari', Topic: 'Return' }, true]);
});

test('forgotten they are nowhere, and a store that was wiped stays untouched', () => {
  const kept = store();
  const answers = new KeptAnswers(kept);
  answers.write({ Name: 'Kari' }, true);
  answers.forget();
  assert.deepEqual([kept.text, answers.answers, answers.isGiven], ['', {}, false]);
  const { writes } = kept;
  answers.forget();
  assert.equal(kept.writes, writes);
});

test('whatever the storage holds, answers are texts', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { answers } = new KeptAnswers(store(text));
      assert.ok(Object.values(answers).every((value) => typeof value === 'string'));
    }),
  );
});
