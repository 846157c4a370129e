import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  type KeyServer,
  type SigningKey,
  signingKey,
  signToken,
  startKeyServer,
} from '@countersign/simulators';
import { runInspectToken } from '../src/commands/index.ts';
import { runCommand } from './command-under-test.ts';

let key: SigningKey;
let site: KeyServer;
let folder: string;
let file: string;
before(async () => {
  key = await signingKey({ kid: 'k' });
  site = await startKeyServer({ respond: () => ({ kind: 'body', body: key.publicKeyPem }) });
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
  file = join(folder, 'keys.pem');
  await writeFile(file, key.publicKeyPem);
});
after(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

const now = () => Math.floor(Date.now() / 1000);
const token = (claims: object = {}) =>
  signToken(key, { iss: 'shop', aud: 'chat', sub: 'u-1', iat: now(), exp: now() + 60, ...claims });
const inspect = (args: string[], input?: string, allowPrivateHosts: string[] = []) =>
  runCommand(runInspectToken, args, { ...(input ? { input } : {}), allowPrivateHosts });

test('a good token from standard input: every check, and exit code 0', async () => {
  const { code, output } = await inspect(['-', '--keys', file, '--audience', 'chat'], token());
  assert.equal(code, 0, output);
  for (const name of ['form', 'alg', 'key', 'signature', 'aud', 'exp', 'iat'])
    assert.match(output, new RegExp(`^✓ ${name}`, 'm'));
  assert.match(output, /Accepted: u-1/);
});

test('a refused token: what was seen, what was expected, what to do, and exit code 1', async () => {
  const { code, output } = await inspect([token(), '--keys', file, '--audience', 'other']);
  assert.equal(code, 1);
  assert.match(output, /✗ aud +chat\n +expected: other/);
  assert.match(output, /Refused, audience: /);
  const short = await inspect([token(), '--keys', file, '--max-lifetime', '59']);
  assert.match(short.output, /Refused, lifetime/);
});

test('--json is one object, and no line holds the token', async () => {
  const late = token({ iat: now() - 900, exp: now() - 600 });
  const { code, output } = await inspect([late, '--keys', file, '--json']);
  const report = JSON.parse(output);
  assert.deepEqual([code, report.outcome, report.reason], [1, 'refused', 'expired']);
  assert.ok(!output.includes(late.split('.')[2] ?? ''));
});

test('keys of a private host are fetched only where that is allowed', async () => {
  const url = `${site.url}/keys`;
  const refused = await inspect([token(), '--keys', url]);
  assert.equal(refused.code, 1);
  assert.match(refused.output, /keys_unavailable/);
  assert.equal(site.connections, 0);
  const allowed = await inspect([token(), '--keys', url], undefined, [`127.0.0.1:${site.port}`]);
  assert.equal(allowed.code, 0, allowed.output);
});

test('called wrongly: exit code 2 and how it is called', async () => {
  for (const args of [[], [token()], ['--keys', '/not/there', token()], ['--bogus']]) {
    const { code, output } = await inspect(args);
    assert.equal(code, 2, output);
    assert.match(output, /Usage: countersign inspect-token/);
  }
  assert.equal((await inspect(['-', '--keys', file, '--clock-tolerance', 'x'], token())).code, 2);
});
