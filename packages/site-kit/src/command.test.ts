// `site-kit new-key`, as a process of its own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createSiteKit } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'site-kit-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const command = join(import.meta.dirname, 'command.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
const file = join(folder, 'chat-keys', '2026-q4.pem');

test('a new key is its owner’s alone, and signs', () => {
  const { status, stdout } = run('new-key', '--id', '2026-q4');
  assert.equal(status, 0);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(createPrivateKey(readFileSync(file)).asymmetricKeyDetails?.modulusLength, 3072);
  assert.match(stdout, /keep it out of version control/);
  assert.match(
    stdout,
    /keys: \[\{ id: '2026-q4', privateKey: readFileSync\('chat-keys\/2026-q4.pem'\) \}\]/,
  );
  assert.doesNotMatch(stdout, /BEGIN/);
  const kit = createSiteKit({
    issuer: 'shop.example',
    keys: [{ id: '2026-q4', privateKey: readFileSync(file) }],
  });
  assert.equal(kit.sign({ id: 'c-1' }).split('.').length, 3);
});

test('a key that is there is never replaced', () => {
  const before = readFileSync(file, 'utf8');
  const { status, stderr } = run('new-key', '--id', '2026-q4');
  assert.equal(status, 1);
  assert.match(stderr, /There is a key 2026-q4 already/);
  assert.equal(readFileSync(file, 'utf8'), before);
});

for (const args of [[], ['old-key'], ['new-key', '--colour'], ['new-key', '--id', '../x']])
  test(`called wrongly: ${args.join(' ') || 'without a word'}`, () => {
    const { status, stderr } = run(...args);
    assert.equal(status, 2);
    assert.match(stderr, /^Usage/);
  });
