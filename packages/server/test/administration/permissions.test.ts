// Role x object x read, write, secret, over HTTP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ConfigurationEntry, type Section, sections } from '@countersign/protocol';
import { environment } from '../configuration-fixtures.ts';
import { type AdministrationOffice, KEYS, openAdministration, type Role } from './office.ts';

let office: AdministrationOffice;
before(async () => {
  office = await openAdministration();
});
after(() => office.close());

const roles: Role[] = ['agent', 'supervisor', 'developer', 'administrator', 'secrets'];

/** One letter a role, in the order above: `w` changes, `r` reads, `-` neither. */
const table: Record<Section, string> = {
  authenticationSettings: '--rww',
  operatingHours: '-rrww',
  queues: '-r-ww',
  workstreams: '-rrww',
  richMessages: '-r-ww',
  quickReplies: '-w-ww',
  messengerConfigurations: '--rww',
  deployments: '--www',
  appleAccounts: '---ww',
  users: '-r-ww',
  apiKeys: '---ww',
  webhooks: '---ww',
};

const isSecret = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'sealed' in value;

async function first(section: Section): Promise<ConfigurationEntry> {
  const { body } = await office.call<{ items: ConfigurationEntry[] }>(
    'secrets',
    'GET',
    `/api/configuration/${section}`,
  );
  const plain = body.items.find(({ object }) => !/"secrets"/.test(JSON.stringify(object)));
  assert.ok(plain, `the example has ${section}`);
  return plain;
}

for (const section of sections) {
  test(`A01 ${section}: who reads, who changes, and nobody sees a secret without the role`, async () => {
    const path = `/api/configuration/${section}`;
    for (const [place, role] of roles.entries()) {
      const access = table[section][place];
      const entry = await first(section);
      const one = `${path}/${entry.id}`;
      const mayRead = access !== '-';
      const mayWrite = access === 'w';
      const answers = {
        list: await office.call(role, 'GET', path),
        read: await office.call(role, 'GET', one),
        effects: await office.call(role, 'GET', `${one}/effects`),
        replace: await office.call(role, 'PUT', one, {
          object: entry.object,
          version: entry.version,
        }),
        create: await office.call(role, 'POST', path, { object: {} }),
        remove: await office.call(role, 'DELETE', `${one}?version=9999`),
        secrets: await office.call(role, 'GET', `${one}?secrets=true`),
      };
      const statuses = Object.fromEntries(
        Object.entries(answers).map(([name, { status }]) => [name, status]),
      );
      assert.deepEqual(
        statuses,
        {
          list: mayRead ? 200 : 403,
          read: mayRead ? 200 : 403,
          effects: mayRead ? 200 : 403,
          replace: mayWrite ? 200 : 403,
          create: mayWrite ? 422 : 403,
          remove: mayWrite ? 409 : 403,
          secrets: role === 'secrets' ? 200 : 403,
        },
        `${role}: ${answers.replace.text}`,
      );
      const shown = Object.entries(answers).filter(([name]) => name !== 'secrets');
      for (const [name, { text }] of shown) assertNoSecret(text, `${role} ${name}`);
      // What is sent back as it was shown changes nothing
      assert.equal((await first(section)).version, entry.version);
    }
  });
}

function assertNoSecret(text: string, what: string): void {
  for (const secret of [...Object.values(environment), ...Object.values(KEYS)]) {
    assert.ok(!text.includes(secret), `${what} holds a secret`);
  }
}

test('A01 a secret in clear comes only to who has the role, and the audit says so', async () => {
  const entry = await office.entry('authenticationSettings', 'Shop sign-in');
  const clear = await office.call(
    'secrets',
    'GET',
    `/api/configuration/authenticationSettings/${entry.id}?secrets=true`,
  );
  assert.match(clear.text, /marker-shop-client-secret/);
  const { body } = await office.call<{ items: { action: string; actor: { name: string } }[] }>(
    'administrator',
    'GET',
    `/api/audit?object=${entry.id}&action=secret-read`,
  );
  assert.equal(body.items[0]?.actor.name, 'secrets key');
  assert.ok(isSecret(Reflect.get(Object(entry.object), 'clientSecret')));
});

test('A01 the right to read secrets is not given by who does not have it', async () => {
  const given = { email: 'eve@shop.example', name: 'Eve', roles: ['administrator', 'secrets'] };
  const users = '/api/configuration/users';
  assert.equal((await office.call('administrator', 'POST', users, { object: given })).status, 403);
  const key = { name: 'wide', token: 'a-token-that-is-long-enough', roles: ['secrets'] };
  const keys = '/api/configuration/apiKeys';
  assert.equal((await office.call('administrator', 'POST', keys, { object: key })).status, 403);

  const ada = await office.entry('users', 'admin@shop.example');
  const taken = { object: { ...Object(ada.object), password: 'a password of mine' }, version: 1 };
  assert.equal(
    (await office.call('administrator', 'PUT', `${users}/${ada.id}`, taken)).status,
    403,
  );
  const gone = `${users}/${ada.id}?version=${ada.version}`;
  assert.equal((await office.call('administrator', 'DELETE', gone)).status, 403);

  const file = 'users: [{ email: eve@shop.example, name: Eve, roles: [secrets] }]';
  const applied = await fetch(`${office.node.url}/api/configuration`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEYS.administrator}`, 'content-type': 'text/yaml' },
    body: file,
  });
  assert.equal(applied.status, 403);

  assert.deepEqual(await office.entry('users', 'admin@shop.example'), ada);
  for (const [section, name] of [
    ['users', 'eve@shop.example'],
    ['apiKeys', 'wide'],
  ] as const) {
    await assert.rejects(office.entry(section, name));
  }
});

test('A01 a kept secret is not sent elsewhere by who may not read it', async () => {
  const entry = await office.entry('authenticationSettings', 'Shop sign-in');
  const path = `/api/configuration/authenticationSettings/${entry.id}`;
  const moved = {
    object: {
      ...Object(entry.object),
      discoveryUri: 'https://id.evil.example/.well-known/openid-configuration',
    },
    version: entry.version,
  };
  const { status, body } = await office.call('administrator', 'PUT', path, moved);
  assert.equal(status, 422);
  assert.equal(body.faults?.[0]?.path, 'clientSecret');
  assert.deepEqual(await office.entry('authenticationSettings', 'Shop sign-in'), entry);

  const hosts = { ...moved, object: { ...Object(entry.object), providerHosts: ['evil.example'] } };
  assert.equal((await office.call('administrator', 'PUT', path, hosts)).status, 422);
  const again = { ...moved, object: { ...moved.object, clientSecret: 'another secret' } };
  assert.equal((await office.call('administrator', 'PUT', path, again)).status, 200);
});

test('P01 no answer, audit record or export without the role holds a secret', async () => {
  for (const path of [
    ...sections.map((section) => `/api/configuration/${section}?limit=200`),
    '/api/configuration.yaml',
    '/api/audit?limit=200',
    '/api/audit.csv',
  ]) {
    const { status, text } = await office.call('administrator', 'GET', path);
    assert.equal(status, 200, path);
    assertNoSecret(text, path);
    assert.doesNotMatch(text, /[0-9a-f]{32}:[0-9a-f]{128}/, `${path} holds a password's hash`);
  }
  const { status } = await office.call(
    'administrator',
    'GET',
    '/api/configuration.yaml?secrets=true',
  );
  assert.equal(status, 403);
});
