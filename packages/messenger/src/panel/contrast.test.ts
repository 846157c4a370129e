import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOn } from './contrast.ts';

for (const [color, text] of [
  ['#17426b', '#ffffff'],
  ['#2f4a3c', '#ffffff'],
  ['#000000', '#ffffff'],
  ['#ffffff', '#0c1c2b'],
  ['#ffd400', '#0c1c2b'],
  ['#7db4e6', '#0c1c2b'],
] as const) {
  test(`text on ${color} is ${text}`, () => assert.equal(textOn(color), text));
}
