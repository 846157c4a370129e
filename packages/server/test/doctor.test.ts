// The site checker against a real node, the sample portal, and sites that have one thing wrong each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type KeyServer,
  type Portal,
  publicKeyArray,
  type SigningKey,
  signingKey,
  signToken,
  startKeyServer,
  startPortal,
} from '@countersign/simulators';
import { runDoctor } from '../src/commands/index.ts';
import { runCommand } from './command-under-test.ts';
import { deployments, startWorld, type World } from './guest-api/world.ts';

let world: World;
let portal: Portal;
let site: KeyServer;
let key: SigningKey;
/** What the broken site answers: body and headers by path. */
const pages = new Map<string, { body: string; headers?: Record<string, string> }>();
before(async () => {
  world = await startWorld();
  key = await signingKey({ kid: 'k' });
  site = await startKeyServer({
    respond: ({ path }) => {
      const page = pages.get(path);
      return page ? { kind: 'body', ...page } : { kind: 'body', status: 404, body: '' };
    },
  });
  portal = await startPortal({
    nodeUrl: world.url,
    provider: { issuer: world.provider.issuer },
    clientId: 'countersign',
    deployments: {
      guest: deployments.open,
      openIdConnect: deployments.shop,
      signedToken: deployments.open,
    },
  });
});
after(async () => {
  await portal?.close();
  await site?.close();
  await world?.close();
});

const snippet = (deploymentId = deployments.open, attributes = '') =>
  `<script${attributes}>(function(){})(window,'Countersign','${world.url}/messenger/loader.js',{deploymentId:'${deploymentId}'})</script>`;

async function doctor(url: string, ...more: string[]) {
  const allowPrivateHosts = [new URL(world.url).host];
  const { code, output } = await runCommand(runDoctor, [url, ...more, '--json'], {
    allowPrivateHosts,
  });
  const report: { findings: Finding[] } = JSON.parse(output);
  const find = (name: string) => report.findings.find((finding) => finding.name === name);
  return { code, find, findings: report.findings };
}
interface Finding {
  name: string;
  status: string;
  observed: string;
  remedy?: string;
}

function broken(html: string, headers: Record<string, string> = {}): string {
  pages.set('/', { body: html, headers: { 'content-type': 'text/html', ...headers } });
  return `${site.url}/`;
}

test('the sample portal has nothing wrong', async () => {
  const { code, find, findings } = await doctor(`${portal.url}/`);
  assert.equal(code, 0, JSON.stringify(findings, null, 1));
  for (const name of [
    'page',
    'page: clock',
    'snippet',
    'policy: script-src',
    'policy: frame-src',
    'policy: the snippet itself',
    'node',
    'deployment',
    'domain',
    'authentication',
  ])
    assert.equal(find(name)?.status, 'ok', name);
});

test('a directive that is missing is named, with the line to write', async () => {
  const policy = "default-src 'self'; script-src 'self' 'nonce-abc'";
  const url = broken(snippet(undefined, ' nonce="abc"'), { 'content-security-policy': policy });
  const { code, find } = await doctor(url);
  assert.equal(code, 1);
  assert.equal(
    find('policy: script-src')?.remedy,
    `Write in the policy: script-src 'self' 'nonce-abc' ${world.url}`,
  );
  assert.match(
    find('policy: frame-src')?.remedy ?? '',
    /^Add to the policy: frame-src 'self' http/,
  );
  assert.equal(find('policy: the snippet itself')?.status, 'ok');
});

test('a meta element counts as much as the header, and a snippet without nonce is refused', async () => {
  const meta = `<meta http-equiv="Content-Security-Policy" content="frame-src 'none'; script-src ${world.url}">`;
  const { code, find } = await doctor(broken(meta + snippet()));
  assert.equal(code, 1);
  assert.match(find('policy: frame-src')?.observed ?? '', /meta element has frame-src 'none'/);
  assert.equal(find('policy: script-src')?.status, 'ok');
  assert.equal(find('policy: the snippet itself')?.status, 'failed');
});

test('no snippet, an unknown deployment, one that is asleep, and a page that is away', async () => {
  assert.equal((await doctor(broken('<p>Nothing'))).find('snippet')?.status, 'failed');
  const unknown = await doctor(broken(snippet('6c0c2f0e-0000-4d0e-9d6e-0d6a3c1f7a11')));
  assert.match(unknown.find('deployment')?.observed ?? '', /knows no deployment/);
  const asleep = await doctor(broken(snippet(deployments.inactive)));
  assert.match(asleep.find('deployment')?.observed ?? '', /Inactive/);
  const away = await doctor(`${site.url}/away`);
  assert.deepEqual([away.code, away.find('page')?.status], [1, 'failed']);
});

test('a page of a domain that is not allowed is told so', async () => {
  const { code, find } = await doctor(broken(snippet(deployments.portal)));
  assert.equal(code, 1);
  assert.match(find('domain')?.remedy ?? '', /Add 127\.0\.0\.1 to allowedDomains/);
});

test('keys: format, expiry and clock; the sample token; the name of the function', async () => {
  const url = broken(snippet(deployments.portal));
  const keysUrl = `${site.url}/keys`;
  const days = (count: number) => Math.floor(Date.now() / 1000) + count * 86_400;
  const publish = (expiry: number, headers: Record<string, string> = {}) =>
    pages.set('/keys', { body: JSON.stringify(publicKeyArray([{ key, expiry }])), headers });
  publish(days(5));
  const token = signToken(key, { iss: 's', sub: 'u', iat: days(0), exp: days(0) + 60 });
  const soon = await doctor(url, '--keys', keysUrl, '--token', token);
  assert.match(soon.find('keys')?.observed ?? '', /key array/);
  assert.deepEqual([soon.find('key k')?.status, soon.find('token')?.status], ['warning', 'ok']);
  assert.match(soon.find('client function')?.remedy ?? '', /later at run time, ignore this/);

  publish(days(-1), { date: new Date(Date.now() + 90_000).toUTCString() });
  const late = await doctor(url, '--keys', keysUrl, '--token', token);
  assert.equal(late.find('key k')?.status, 'failed');
  assert.match(late.find('keys: clock')?.observed ?? '', /ahead of this machine/);
  assert.equal(late.find('token')?.observed, 'key_unusable');

  pages.set('/keys', { body: '<html>Sign in</html>' });
  const page = await doctor(url, '--keys', keysUrl);
  assert.match(page.find('keys')?.observed ?? '', /an HTML page/);
  assert.equal((await doctor(url)).find('keys')?.status, 'skipped');
  pages.set('/_services/auth/publickey', { body: key.publicKeyPem });
  assert.match((await doctor(url)).find('keys')?.observed ?? '', /PEM/);
  const script = '<script>window.auth={getAuthenticationToken(){}}</script>';
  const named = await doctor(broken(snippet(deployments.portal) + script));
  assert.equal(named.find('client function')?.status, 'ok');
});

test('a snippet that is added at run time: what can be judged is, with --node', async () => {
  const url = broken('<p>Nothing', { 'content-security-policy': "frame-src 'none'" });
  const { code, find } = await doctor(url, '--node', world.url);
  assert.equal(code, 1);
  const statuses = ['snippet', 'policy: frame-src', 'node', 'deployment'].map(
    (name) => find(name)?.status,
  );
  assert.deepEqual(statuses, ['warning', 'failed', 'ok', 'skipped']);
});

test('called wrongly: exit code 2', async () => {
  for (const args of [[], ['ftp://x'], ['https://x.example', '--node', 'x'], ['--bogus']])
    assert.equal((await runCommand(runDoctor, args)).code, 2);
});
