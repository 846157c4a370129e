// OpenID Connect settings as integrations of Genesys, with their credentials.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ConfigurationEntry } from '@countersign/protocol';
import {
  type Body,
  CLIENT_SECRET,
  CONFIGURATIONS,
  CREDENTIALS,
  type GenesysWorld,
  INTEGRATIONS,
  type Key,
  OWN_SECRET,
  startGenesysWorld,
} from './world.ts';

let world: GenesysWorld;
before(async () => {
  world = await startGenesysWorld();
});
after(() => world.close());

const SECTION = '/api/configuration/authenticationSettings';
const EVIL = 'https://id.evil.example/.well-known/openid-configuration';

/** Through our own API; undefined: there is none. */
async function setting(name: string): Promise<ConfigurationEntry | undefined> {
  const { items } = Object(await world.must('GET', SECTION));
  return items.find((item: ConfigurationEntry) => item.name === name);
}

/** With its secret in clear. */
async function open(id: unknown): Promise<Body> {
  const { object } = await world.must('GET', `${SECTION}/${id}?secrets=true`, undefined, 'secrets');
  return Object(object);
}

async function ours(): Promise<{ path: string; id: unknown; credential: string }> {
  const { entities } = await world.must('GET', INTEGRATIONS);
  const found = Object(entities).find(({ name }: Body) => name === 'Made in our console');
  const [credential] = Object.values<Body>(Object(found.config).current.credentials);
  return {
    ...{ id: found.id, path: `${INTEGRATIONS}/${found.id}` },
    credential: `${CREDENTIALS}/${credential?.id}`,
  };
}

const client = (secret = CLIENT_SECRET, key?: Key) =>
  world.must(
    'POST',
    CREDENTIALS,
    { name: 'A client', credentialFields: { 'client-id': 'countersign', 'client-secret': secret } },
    key,
  );

/** Not in force; configured when there is a discovery URI. */
async function make(name: string, more: { discoveryUri?: string; credential?: unknown } = {}) {
  const made = await world.must('POST', INTEGRATIONS, { name, integrationType: { id: 'oidc' } });
  const path = `${INTEGRATIONS}/${made.id}`;
  const { discoveryUri, credential } = more;
  if (discoveryUri) {
    await world.must('PUT', `${path}/config/current`, {
      version: 1,
      properties: { discoveryUri },
      ...(credential ? { credentials: { theirSlot: { id: credential } } } : {}),
    });
  }
  return { path, id: made.id };
}

test('a setting of our console is an integration: changed in place, and its other keys stay', async () => {
  const before = await setting('Made in our console');
  const { path } = await ours();
  const config = await world.must('GET', `${path}/config/current`);
  assert.deepEqual(config.properties, {
    discoveryUri: world.provider.discoveryUri,
    implicitFlowSupport: false,
    maxRefreshTokenLifetime: 86_400,
  });
  const given = {
    ...config,
    notes: 'seen from both sides',
    properties: {
      discoveryUri: world.provider.discoveryUri,
      implicitFlowSupport: true,
      maxRefreshTokenLifetime: 3600,
    },
  };
  const changed = await world.must('PUT', `${path}/config/current`, given);
  assert.deepEqual(changed, { ...given, version: Number(config.version) + 1 });
  assert.deepEqual((await setting('Made in our console'))?.object, {
    ...Object(before?.object),
    description: 'seen from both sides',
    implicitFlow: true,
    refreshTokenLifetime: 3600,
  });
  const late = await world.call('PUT', `${path}/config/current`, { ...given, notes: 'too late' });
  assert.deepEqual([late.status, late.body.code], [409, 'general.conflict']);
  assert.deepEqual(await world.must('GET', `${path}/config/current`), changed);
});

test('a secret is rotated where it is in force, and comes out nowhere', async () => {
  const { id, credential } = await ours();
  assert.equal((await open(id)).clientSecret, OWN_SECRET);
  const rotated = await world.must('PUT', credential, {
    name: 'Rotated',
    credentialFields: { clientId: 'countersign', clientSecret: CLIENT_SECRET },
  });
  assert.deepEqual(Object.keys(rotated), [
    ...['id', 'name', 'createdDate', 'modifiedDate', 'type', 'selfUri'],
  ]);
  assert.equal((await open(id)).clientSecret, CLIENT_SECRET);
  for (const path of [INTEGRATIONS, CREDENTIALS, credential, `${INTEGRATIONS}/${id}`]) {
    const { text } = await world.call('GET', path);
    assert.ok(!text.includes(CLIENT_SECRET), path);
  }
  const audit = await world.call('GET', '/api/audit?limit=200');
  assert.ok(!audit.text.includes(CLIENT_SECRET));
  const used = await world.call('DELETE', credential);
  assert.equal(used.status, 409);
  assert.equal((await world.must('GET', credential)).name, 'Rotated');
  const unknown = await world.call('PUT', credential, { credentialFields: { apiKey: 'marker-7' } });
  assert.equal(unknown.status, 400);
  assert.match(unknown.text, /credentialFields\.apiKey/);
  assert.doesNotMatch(unknown.text, /marker-7/);
});

test('not in force before it is enabled; disabled it is kept with everything it had', async () => {
  const { id: credential } = await client();
  const { path, id } = await make('Second shop', {
    discoveryUri: world.provider.discoveryUri,
    credential,
  });
  assert.equal(await setting('Second shop'), undefined);
  const { body } = await world.call('POST', CONFIGURATIONS, {
    name: 'Too early',
    authenticationSettings: { enabled: true, integrationId: id },
  });
  assert.match(String(body.message), /there and active/);

  const at = async () => (await world.must('GET', `${path}/config/current`)).version;
  assert.equal(await at(), 2);
  await world.must('PATCH', path, { intendedState: 'ENABLED' });
  assert.equal(await at(), 2);
  const made = await setting('Second shop');
  assert.ok(made);
  assert.equal(made.id, id);
  // A key that they have no word for
  const object = { ...Object(made.object), contextClaims: ['msdyn_isvip'] };
  await world.must('PUT', `${SECTION}/${id}`, { object, version: made.version });
  assert.equal(await at(), 3);

  const whole = await world.must('GET', path);
  await world.must('PATCH', path, { ...whole, intendedState: 'DISABLED' });
  assert.equal(await setting('Second shop'), undefined);
  const resting = await world.must('GET', path);
  assert.equal(resting.intendedState, 'DISABLED');
  assert.deepEqual(resting.config, whole.config && withoutDates(resting.config, whole.config));
  await world.must('PATCH', path, { intendedState: 'ENABLED' });
  const back = await open(id);
  assert.deepEqual([back.contextClaims, back.clientSecret], [['msdyn_isvip'], CLIENT_SECRET]);
  assert.equal(await at(), 3);

  // Deleted, its credential is there for the next one
  assert.equal((await world.call('DELETE', path)).status, 200);
  assert.equal((await world.call('GET', path)).status, 404);
  const next = await make('Third shop', {
    discoveryUri: world.provider.discoveryUri,
    credential,
  });
  await world.must('PATCH', next.path, { intendedState: 'ENABLED' });
  assert.equal((await open(next.id)).clientSecret, CLIENT_SECRET);
  await world.must('DELETE', next.path);
  assert.equal((await world.call('DELETE', `${CREDENTIALS}/${credential}`)).status, 204);
});

/** The moment at which a credential came back from its setting is another. */
function withoutDates(resting: unknown, whole: unknown): unknown {
  const dated = Object(resting).current.credentials.theirSlot;
  const { current } = Object(whole);
  return { current: { ...current, credentials: { theirSlot: dated } } };
}

test('an integration that messengers use stays in force, and says who uses it', async () => {
  const { path, id } = await ours();
  const { id: configuration } = await world.must('POST', CONFIGURATIONS, {
    name: 'Uses it',
    authenticationSettings: { enabled: true, integrationId: id },
  });
  await world.must('POST', `${CONFIGURATIONS}/${configuration}/versions/draft/publish`);
  for (const [method, body] of [
    ['PATCH', { intendedState: 'DISABLED' }],
    ['DELETE', undefined],
  ] as const) {
    const refused = await world.call(method, path, body);
    assert.equal(refused.status, 409, refused.text);
    assert.match(String(refused.body.message), /Uses it/);
  }
  assert.equal((await world.must('GET', path)).intendedState, 'ENABLED');
  await world.must('DELETE', `${CONFIGURATIONS}/${configuration}`);
});

test('what is missing or cannot be is said at its place, and nothing is in force', async () => {
  const type = await world.call('POST', INTEGRATIONS, {
    integrationType: { id: 'embedded-client-app' },
  });
  assert.match(String(type.body.message), /integrationType\.id: .*no other type/);
  const { path } = await make('Unfinished');
  const config = `${path}/config/current`;
  const refusals = [
    ['PATCH', path, { intendedState: 'ENABLED' }, 'credentials'],
    ['PATCH', path, { intendedState: 'DISABLED', name: 'Renamed' }, 'name'],
    [
      'PUT',
      config,
      { version: 1, properties: { discoveryUri: 'shop' } },
      'properties.discoveryUri',
    ],
    ['PUT', config, { version: 1, properties: { region: 'eu' } }, 'properties.region'],
    [
      'PUT',
      config,
      { version: 1, properties: { maxRefreshTokenLifetime: '5' } },
      'properties.maxRefreshTokenLifetime',
    ],
    ['PUT', config, { version: 1, advanced: { timeout: 5 } }, 'advanced'],
    ['PUT', config, { version: 1, name: 'Made in our console' }, 'name'],
    ['PUT', config, { version: 1, credentials: { any: { id: 'unknown' } } }, 'credentials'],
  ] as const;
  const before = await world.must('GET', path);
  for (const [method, at, body, place] of refusals) {
    const refused = await world.call(method, at, body);
    assert.equal(refused.status, 400, refused.text);
    const [first] = Object(refused.body.details);
    assert.equal(first.fieldName, place, refused.text);
  }
  const taken = String((await ours()).credential.split('/').at(-1));
  const shared = { version: 1, credentials: { any: { id: taken } } };
  assert.equal((await world.call('PUT', config, shared)).status, 409);
  assert.deepEqual(await world.must('GET', path), before);
  assert.equal(await setting('Unfinished'), undefined);
  await world.must('DELETE', path);
});

test('two pipelines at once: one is told, and nothing of the other is lost', async () => {
  const { path } = await make('Contested', { discoveryUri: world.provider.discoveryUri });
  const config = `${path}/config/current`;
  const { version } = await world.must('GET', config);
  const answers = await Promise.all(
    ['first', 'second'].map((notes) => world.call('PUT', config, { version, notes })),
  );
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
  const won = answers.find(({ status }) => status === 200);
  assert.deepEqual(await world.must('GET', config), won?.body);
  await world.must('DELETE', path);
});

test('A01 a secret is not sent elsewhere by who did not enter it', async () => {
  const { path, id, credential } = await ours();
  const config = `${path}/config/current`;
  const { version } = await world.must('GET', config);
  const evil = { version, properties: { discoveryUri: EVIL } };
  const moved = await world.call('PUT', config, evil);
  assert.equal(moved.status, 400);
  assert.match(String(moved.body.message), /credentials: enter the secret again/);

  // Nor in two steps: put to rest, pointed elsewhere, and enabled again
  await world.must('PATCH', path, { intendedState: 'DISABLED' });
  await world.must('PUT', config, evil);
  const enabled = await world.call('PATCH', path, { intendedState: 'ENABLED' });
  assert.equal(enabled.status, 400);
  assert.match(String(enabled.body.message), /sent elsewhere/);
  assert.equal(await setting('Made in our console'), undefined);
  // Another client id makes it nobody's own
  await world.must('PUT', credential, { credentialFields: { clientId: 'another' } });
  assert.equal((await world.call('PATCH', path, { intendedState: 'ENABLED' })).status, 400);

  // Nor with a secret that another administrator entered
  const { id: theirs } = await client('marker-secret-of-another', 'other');
  const own = await make('Trap', { discoveryUri: EVIL, credential: theirs });
  assert.equal((await world.call('PATCH', own.path, { intendedState: 'ENABLED' })).status, 400);
  assert.equal(await setting('Trap'), undefined);
  assert.equal(
    (await world.call('PATCH', own.path, { intendedState: 'ENABLED' }, 'other')).status,
    200,
  );
  await world.must('DELETE', own.path);

  // Back to where it went, or by who may read secrets
  const home = { discoveryUri: world.provider.discoveryUri };
  await world.must('PUT', config, { version: Number(version) + 1, properties: home });
  await world.must('PATCH', path, { intendedState: 'ENABLED' });
  assert.equal((await open(id)).clientSecret, CLIENT_SECRET);
  // The same with one's own secret in its place
  const { id: mine } = await client('marker-secret-of-mine');
  const again = await world.must('GET', config);
  const elsewhere = { version: again.version, properties: { discoveryUri: EVIL } };
  await world.must('PUT', config, { ...elsewhere, credentials: { client: { id: mine } } });
  assert.equal((await open(id)).clientSecret, 'marker-secret-of-mine');
});

test('secrets that are in no setting are sealed where they are kept', async () => {
  await client('marker-secret-at-rest');
  const { rows } = await world.node.database.pool.query(
    'select row_to_json(c)::text as text from genesys_credentials c union all select row_to_json(i)::text from genesys_integrations i',
  );
  assert.ok(rows.length > 0);
  for (const { text } of rows) assert.doesNotMatch(text, /marker-/);
});
