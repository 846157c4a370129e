/** The trail as a person of the company downloads it and verifies it at the command line. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Trail } from '@countersign/protocol';
import { type Office, openOffice, PICK, type Staff } from './office.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

let office: Office;
let folder: string;
let tom: Staff;
/** The conversation that only Tom's queue has. */
let id = '';
before(async () => {
  office = await openOffice();
  folder = mkdtempSync(join(tmpdir(), 'cs-trail-'));
  tom = await office.signIn('tom');
  await office.guest('Where is my parcel?', PICK);
  // It is there once it has been routed
  while (id === '') {
    const { body } = await tom.call('GET', '/api/conversations?queue=Only%20Tom');
    id = body.items[0]?.id ?? '';
  }
  const note = { kind: 'note', text: 'Asked the depot', clientId: 'n-1' };
  assert.equal((await tom.call('POST', `/api/conversations/${id}/messages`, note)).status, 200);
});
after(async () => {
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The command on a file with this text. */
function verifyTrail(text: string, ...options: string[]) {
  const file = join(folder, 'export.json');
  writeFileSync(file, text);
  const ran = spawnSync(process.execPath, [MAIN, 'verify-trail', file, ...options], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { code: ran.status, output: ran.stdout, error: ran.stderr };
}

test('who may see a conversation downloads its trail, notes too; the command proves it offline', async () => {
  const { status, body } = await tom.call<Trail>('GET', `/api/conversations/${id}/trail`);
  assert.equal(status, 200);
  assert.deepEqual([body.format, body.conversation.id], ['countersign-trail/1', id]);
  assert.deepEqual(body.conversation.identity, { state: 'anonymous' });
  assert.equal(body.entries.find(({ kind }) => kind === 'note')?.text, 'Asked the depot');
  assert.ok(body.entries.every(({ identity }) => identity.state === 'anonymous'));

  const whole = verifyTrail(JSON.stringify(body), '--head', body.head);
  assert.deepEqual([whole.code, whole.error], [0, '']);
  assert.match(whole.output, new RegExp(`${body.entries.length} entries, head ${body.head}`));
  const other = verifyTrail(JSON.stringify(body), '--head', '0'.repeat(64), '--json');
  assert.deepEqual([other.code, JSON.parse(other.output).broken.damage], [1, 'truncated']);

  const changed = JSON.stringify(body).replace('Where is my parcel?', 'Cancel my order.');
  const broken = verifyTrail(changed);
  assert.equal(broken.code, 1);
  assert.match(broken.output, /NOT whole\.\s+First broken at entry 1 \(changed\)/);
});

test('a file that is no export, or is not there, ends the command with 2', () => {
  assert.equal(verifyTrail('{"items":[]}').code, 2);
  assert.equal(verifyTrail('{}', '--unknown').code, 2);
  const missing = spawnSync(process.execPath, [MAIN, 'verify-trail', join(folder, 'none.json')]);
  assert.equal(missing.status, 2);
  assert.match(String(missing.stderr), /cannot be read/);
});

test('the file has a name, and no cache keeps it', async () => {
  const ines = await office.signIn('ines');
  assert.equal((await ines.call('GET', `/api/conversations/${id}/trail`)).status, 200);
  const { headers } = await ines.raw(`/api/conversations/${id}/trail`);
  assert.match(headers.get('content-type') ?? '', /^application\/json/);
  assert.equal(headers.get('content-disposition'), `attachment; filename="trail-${id}.json"`);
  assert.equal(headers.get('cache-control'), 'no-store');
});

test('[A02] a foreign trail and an unknown one answer alike; without a session there is none', async () => {
  const maria = await office.signIn('maria');
  const foreign = await maria.call('GET', `/api/conversations/${id}/trail`);
  const unknown = await maria.call(
    'GET',
    '/api/conversations/0198c0de-0000-7000-8000-000000000000/trail',
  );
  assert.deepEqual([foreign.status, foreign.body.code], [404, 'not_found']);
  assert.deepEqual(foreign.body, unknown.body);
  const response = await fetch(`${office.node.url}/api/conversations/${id}/trail`);
  assert.equal(response.status, 401);
  const dev = await office.signIn('dev');
  assert.equal((await dev.call('GET', `/api/conversations/${id}/trail`)).status, 403);
});
