import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { describeError } from '../src/platform/describe-error.ts';
import { createSeal, Fault, keepSealingKey, parseSealingKey } from '../src/platform/index.ts';
import { startOpener, temporaryDirectory } from './platform-fixtures.ts';

const newKey = () => new Uint8Array(randomBytes(32));

test('what is sealed opens again, also after the key was changed', async () => {
  const [old, current] = [newKey(), newKey()];
  const sealed = await createSeal({ key: old }).seal('s3cret');
  assert.doesNotMatch(sealed, /s3cret/);
  const rotated = createSeal({ key: current, olderKeys: [old] });
  assert.equal(await rotated.open(sealed), 's3cret');
  assert.equal(await rotated.open(await rotated.seal('new')), 'new');
  await assert.rejects(createSeal({ key: current }).open(sealed), {
    code: 'sealed_with_other_key',
  });
});

test('what was changed does not open', async () => {
  const seal = createSeal({ key: newKey() });
  const parts = (await seal.seal('s3cret')).split('.');
  const text = parts[3] ?? '';
  const changed = parts.with(3, (text[0] === 'A' ? 'B' : 'A') + text.slice(1)).join('.');
  for (const wrong of [changed, '', 'a.b.c.d.e', 's3cret']) {
    await assert.rejects(seal.open(wrong), { code: 'sealed_damaged' });
  }
});

test('derived keys differ by purpose and by key, and stay', () => {
  const key = newKey();
  const [one, other] = [createSeal({ key }), createSeal({ key: newKey() })];
  assert.deepEqual(one.derive('sessions'), createSeal({ key }).derive('sessions'));
  assert.notDeepEqual(one.derive('sessions'), one.derive('cookies'));
  assert.notDeepEqual(one.derive('sessions'), other.derive('sessions'));
  assert.equal(one.derive('sessions').byteLength, 32);
});

test('a key is read in hexadecimal and both kinds of base64', () => {
  const key = newKey();
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    assert.deepEqual(parseSealingKey(Buffer.from(key).toString(encoding)), key);
  }
  for (const wrong of ['', 'short', 'z'.repeat(64), Buffer.alloc(31).toString('base64')]) {
    assert.equal(parseSealingKey(wrong), undefined);
  }
});

test('the key is made once, for its owner alone', async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'data');
  const keys = await Promise.all([1, 2, 3].map(() => keepSealingKey(dataDir)));
  assert.deepEqual(keys[1], keys[0]);
  assert.deepEqual(keys[2], keys[0]);
  assert.equal((await stat(join(dataDir, 'key'))).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(dataDir), ['key']);
});

test('a damaged key file is not replaced', async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'data');
  await mkdir(dataDir);
  await writeFile(join(dataDir, 'key'), '');
  await assert.rejects(keepSealingKey(dataDir), { code: 'sealing_key' });
});

test('P01 what an error carries along stays out of the log', () => {
  const database = new pg.DatabaseError('invalid input syntax: "canary"', 1, 'error');
  Object.assign(database, { code: '22P02', detail: 'Key (email)=(canary)', where: 'canary' });
  const library = Object.assign(new Error('failed'), { options: { password: 'canary' } });
  const fault = new Fault('x', 500, 'Sentence.', { detail: 'why', cause: library });
  for (const error of [database, library, fault]) {
    assert.doesNotMatch(JSON.stringify(describeError(error)), /canary/);
  }
  assert.equal(describeError(fault).detail, 'why');
  assert.equal(describeError(fault).cause?.message, 'failed');
});

test('P01 a secret handed to the log is not written', async (t) => {
  const script = join(import.meta.dirname, 'platform-logger.ts');
  const opener = startOpener(t, [], { script });
  const lines = await opener.says('done');
  const log = lines.join('\n');
  assert.match(log, /"level":"warn"/);
  assert.match(log, /\[redacted\]/);
  assert.doesNotMatch(log, /canary/);
});
