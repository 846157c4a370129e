// What `npm run pack` makes is what a site gets: JavaScript that runs by itself, with types, and no tests.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

const root = dirname(import.meta.dirname);
const packages = join(root, 'dist', 'packages');
const site = mkdtempSync(join(tmpdir(), 'site-'));
const installed = join(site, 'node_modules', '@countersign');

const call = (...args: string[]) =>
  spawnSync(process.execPath, args, { cwd: site, encoding: 'utf8' });

before(() => {
  const { status, stdout, stderr } = call(join(root, 'scripts', 'pack.mjs'));
  assert.equal(status, 0, stdout + stderr);
  for (const name of ['site-kit', 'page-kit', 'transport'])
    cpSync(join(packages, name), join(installed, name), { recursive: true });
});
after(() => rmSync(site, { recursive: true, force: true }));

test('each is a package file', () => {
  const files = readdirSync(packages).filter((name) => name.endsWith('.tgz'));
  assert.deepEqual(
    files.map((name) => name.replace(/-\d.*/, '')),
    ['countersign-page-kit', 'countersign-site-kit', 'countersign-transport'],
  );
});

test('a site imports them, and signs', () => {
  const program = `
    import { createSiteKit } from '@countersign/site-kit';
    import { messenger } from '@countersign/page-kit';
    import { Transport } from '@countersign/transport';
    import { readFileSync } from 'node:fs';
    const keys = [{ id: 'a', privateKey: readFileSync('chat-keys/a.pem') }];
    const token = createSiteKit({ issuer: 'shop.example', keys }).sign({ id: 'c-1' });
    console.log(token.split('.').length, messenger.state.isOpen, typeof Transport);`;
  writeFileSync(join(site, 'site.mjs'), program);
  const command = join(installed, 'site-kit', 'command.js');
  assert.equal(call(command, 'new-key', '--id', 'a').status, 0);
  const { stdout, stderr } = call('site.mjs');
  assert.equal(stdout, '3 false function\n', stderr);
});

test('types come along, tests do not', () => {
  for (const name of ['site-kit', 'page-kit', 'transport']) {
    const files = readdirSync(join(packages, name), { recursive: true, encoding: 'utf8' });
    assert.ok(files.includes('index.d.ts'), name);
    assert.deepEqual(
      files.filter((file) => /\.test\.|(?<!\.d)\.ts$/.test(file)),
      [],
    );
  }
  assert.ok(existsSync(join(packages, 'page-kit', 'react.d.ts')));
});
