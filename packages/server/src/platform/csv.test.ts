import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvCell } from './csv.ts';

test('a cell is quoted as RFC 4180 says', () => {
  assert.equal(csvCell('Guests'), 'Guests');
  assert.equal(csvCell('Guests, "old"'), '"Guests, ""old"""');
  assert.equal(csvCell('two\nlines'), '"two\nlines"');
  assert.equal(csvCell(1 / 3), '0.333');
  assert.equal(csvCell(null), '');
});

test('what a spreadsheet would take for a formula is text; a number is not', () => {
  assert.equal(
    csvCell('=HYPERLINK("http://evil.example")'),
    `"'=HYPERLINK(""http://evil.example"")"`,
  );
  for (const start of ['=', '+', '-', '@', '\t']) assert.equal(csvCell(`${start}1`), `'${start}1`);
  assert.equal(csvCell('\r1'), `"'\r1"`);
  assert.equal(csvCell(-1), '-1');
});
