import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleEntry } from '../testing/samples.ts';
import { proofOfEntry } from './proof-of-entry.ts';

const identity = {
  state: 'verified' as const,
  setting: 'Shop sign-in',
  issuer: 'https://id.example',
  subject: 'u-2',
  since: '2026-11-22T09:00:10.000Z',
};

test('a message is proven by the sign-in before it, not by a later one', () => {
  const signIn = (seq: number, subject: string) =>
    sampleEntry(seq, { kind: 'signed-in', data: { setting: 'Shop sign-in', subject } });
  const message = sampleEntry(2);
  const log = [signIn(1, 'u-1'), message, signIn(3, 'u-2')];
  const proof = proofOfEntry(log, message, identity);
  assert.equal(proof?.subject, 'u-1');
  assert.equal(proof?.issuer, null, 'nothing of another subject is lent to it');
});

test('an anonymous message has no proof, whatever the conversation is now', () => {
  assert.equal(proofOfEntry([], sampleEntry(1, { identityState: 'anonymous' }), identity), null);
});

test('the present identity is not claimed for messages older than it', () => {
  assert.equal(proofOfEntry([], sampleEntry(5), identity), null);
  assert.equal(proofOfEntry([], sampleEntry(11), identity)?.subject, 'u-2');
});
