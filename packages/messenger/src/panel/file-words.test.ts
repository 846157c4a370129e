import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aroundStrings } from './around-strings.ts';
import { faultInWords, kindsInWords, limitsInWords, sizeInWords } from './file-words.ts';

const en = aroundStrings('en');
const LIMITS = { fileTypes: ['image/*', 'application/pdf'], maxFileSizeKB: 10_240 };

test('sizes as people say them, in their language', () => {
  assert.equal(sizeInWords(512, 'en'), '0.5 kB');
  assert.equal(sizeInWords(64 * 1024, 'en'), '64 kB');
  assert.equal(sizeInWords(1.5 * 1024 * 1024, 'de'), '1,5 MB');
});

test('kinds by the names that people know them by, each once', () => {
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  assert.equal(
    kindsInWords(['image/*', 'image/png', 'application/pdf', 'text/plain', word], en),
    'pictures, PNG, PDF, TXT, DOCX',
  );
  assert.equal(kindsInWords(['audio/*', 'font/*'], en), 'sound, font');
  assert.equal(kindsInWords(['*/*'], en), '');
});

test('the limits are said before anything is chosen', () => {
  assert.equal(limitsInWords(LIMITS, en, 'en'), 'pictures, PDF; up to 10 MB');
  const de = aroundStrings('de');
  assert.equal(limitsInWords({ ...LIMITS, fileTypes: ['*/*'] }, de, 'de'), 'bis 10 MB');
});

test('a refusal says what would be right', () => {
  assert.match(faultInWords('type', LIMITS, en, 'en'), /Possible: pictures, PDF\.$/);
  assert.match(faultInWords('size', LIMITS, en, 'en'), /10 MB/);
  assert.equal(faultInWords('empty', LIMITS, en, 'en'), 'This file is empty.');
});
