// What a customer of Genesys has in a pipeline, from the token to the first guest who signs in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GuestClient } from '../guest-api/guest-client.ts';
import {
  type Answer,
  CLIENT_SECRET,
  CONFIGURATIONS,
  CREDENTIALS,
  DEPLOYMENTS,
  type GenesysWorld,
  INTEGRATIONS,
  KEYS,
  startGenesysWorld,
} from './world.ts';

let world: GenesysWorld;
before(async () => {
  world = await startGenesysWorld();
});
after(() => world.close());

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const tokenFor = (
  client: string,
  secret: string,
  grant = 'client_credentials',
): Promise<Answer> => {
  const authorization = `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`;
  return world.request('POST', '/oauth/token', { authorization, ...FORM }, `grant_type=${grant}`);
};

test('a pipeline written for Genesys sets up a messenger, and a customer signs in by it', async () => {
  const { body: granted } = await tokenFor('Terraform', KEYS.administrator);
  assert.equal(granted.token_type, 'bearer');
  const seen: string[] = [];
  const call = async (method: string, path: string, body?: object) => {
    const headers = {
      authorization: `bearer ${granted.access_token}`,
      'content-type': 'application/json',
    };
    const answer = await world.request(method, path, headers, body && JSON.stringify(body));
    assert.equal(answer.status, 200, `${method} ${path}: ${answer.text}`);
    seen.push(answer.text);
    return answer.body;
  };

  const types = await call('GET', `${INTEGRATIONS}/types`);
  const [type] = Object(types.entities);
  assert.equal(type.name, 'OpenID Connect Messenger Configuration');
  const { entities: credentialTypes } = await call('GET', `${CREDENTIALS}/types`);
  const credential = await call('POST', CREDENTIALS, {
    name: 'Shop client',
    type: { name: Object(credentialTypes)[0].name },
    credentialFields: { clientId: 'countersign', clientSecret: CLIENT_SECRET },
  });
  const integration = await call('POST', INTEGRATIONS, { integrationType: { id: type.id } });
  assert.equal(integration.intendedState, 'DISABLED');
  const path = `${INTEGRATIONS}/${integration.id}`;
  const config = await call('GET', `${path}/config/current`);
  const configured = await call('PUT', `${path}/config/current`, {
    ...config,
    name: 'Shop sign-in',
    notes: 'made by the pipeline',
    properties: { discoveryUri: world.provider.discoveryUri, implicitFlowSupport: 'False' },
    advanced: {},
    credentials: { openIdConnectClient: { id: credential.id } },
  });
  assert.equal(configured.version, Number(config.version) + 1);
  const enabled = await call('PATCH', path, { intendedState: 'ENABLED' });
  assert.equal(Object(enabled.reportedState).code, 'ACTIVE');

  const draft = await call('POST', CONFIGURATIONS, {
    name: 'Shop messenger',
    languages: ['en-us', 'de'],
    defaultLanguage: 'en-us',
    messenger: { enabled: true, styles: { primaryColor: '#2f4a3c' } },
    authenticationSettings: {
      enabled: true,
      integrationId: integration.id,
      allowSessionUpgrade: true,
    },
  });
  assert.deepEqual([draft.version, draft.status], ['DRAFT', 'Active']);
  const versions = `${CONFIGURATIONS}/${draft.id}/versions`;
  const published = await call('POST', `${versions}/draft/publish`);
  assert.equal(published.version, '1');
  const deployment = await call('POST', DEPLOYMENTS, {
    name: 'shop.example',
    allowAllDomains: false,
    allowedDomains: ['shop.example'],
    status: 'Active',
    configuration: { id: draft.id, version: published.version },
  });
  const id = String(deployment.id);
  assert.match(String(deployment.snippet), new RegExp(`${world.node.url}/messenger/loader\\.js`));
  assert.ok(String(deployment.snippet).includes(id));

  const answer = await world.signIn(id);
  assert.equal(answer.status, 200, answer.text);
  const guest = await GuestClient.connect(world.node.url, { deploymentId: id });
  assert.equal((await guest.signIn(String(answer.body.jwt))).code, 200);
  const echo = await guest.say('My parcel is late');
  assert.equal(echo.body.metadata?.authenticated, 'true');
  await guest.close();

  for (const text of seen) assert.ok(!text.includes(CLIENT_SECRET), 'an answer holds the secret');
  const { rows } = await world.node.database.pool.query(
    'select fields from genesys_credentials where id = $1',
    [credential.id],
  );
  assert.deepEqual(rows, [{ fields: null }], 'a secret in use is in the setting alone');
  const audit = await world.must('GET', `/api/audit?actor=Terraform&limit=200`);
  const items: { via: string; action: string; objectName: string }[] = Object(audit.items);
  assert.ok(items.every(({ via }) => via === 'genesys'));
  const done = items.map(({ action, objectName }) => `${action} ${objectName}`);
  assert.deepEqual(done.toReversed(), [
    'created Shop client',
    'created OpenID Connect Messenger Configuration',
    'updated Shop sign-in',
    'created Shop sign-in',
    'draft-saved Shop messenger',
    'published Shop messenger',
    'created shop.example',
  ]);
  assert.ok(!JSON.stringify(items).includes(CLIENT_SECRET));
});

test('A01 a token is given for the key alone, says what it can, and ends with time or its key', async () => {
  for (const [client, secret] of [
    ['Terraform', KEYS.developer],
    ['Terraform', 'wrong'],
    ['', ''],
  ] as const) {
    const refused = await tokenFor(client, secret);
    assert.equal(refused.status, 401);
    assert.equal(Object(refused.body).error, 'invalid_client');
  }
  assert.equal((await tokenFor('Site', KEYS.developer, 'password')).status, 400);

  const keys = await world.must('GET', '/api/configuration/apiKeys?search=Site');
  const [site] = Object(keys.items);
  const { body } = await tokenFor(site.id, KEYS.developer);
  assert.equal(Number(body.expires_in), 3600);
  const authorization = `Bearer ${body.access_token}`;
  const use = (method: string, path: string) => world.request(method, path, { authorization });
  assert.equal((await use('GET', DEPLOYMENTS)).status, 200);
  // The role of the key, no other: developers do not write configurations
  const posted = await world.request(
    'POST',
    CONFIGURATIONS,
    { authorization, 'content-type': 'application/json' },
    '{"name":"Not mine to make"}',
  );
  assert.equal(posted.status, 403);
  assert.equal(posted.body.code, 'missing.any.permissions');
  const listed = await world.must('GET', CONFIGURATIONS);
  assert.ok(!JSON.stringify(listed).includes('Not mine to make'));
  // It is for these routes alone
  assert.equal((await use('GET', '/api/configuration/deployments')).status, 401);

  const path = `/api/configuration/apiKeys/${site.id}`;
  const object = { ...site.object, token: 'cs-another-key-of-a-developer-0123456' };
  await world.must('PUT', path, { object, version: site.version });
  const ended = await use('GET', DEPLOYMENTS);
  assert.deepEqual([ended.status, ended.body.code], [401, 'bad.credentials']);
  const { body: fresh } = await tokenFor('Site', object.token);
  const headers = { authorization: `Bearer ${fresh.access_token}` };
  assert.equal((await world.request('GET', DEPLOYMENTS, headers)).status, 200);
  world.clock.advance(3_601_000);
  assert.equal((await world.request('GET', DEPLOYMENTS, headers)).status, 401);
});

test('A01 a cookie of the console counts for nothing here', async () => {
  const response = await fetch(`${world.node.url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: world.node.url },
    body: JSON.stringify({ email: 'ada@shop.example', password: 'correct horse battery' }),
  });
  assert.equal(response.status, 200);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  assert.equal(
    (await world.request('GET', '/api/configuration/deployments', { cookie })).status,
    200,
  );
  const refused = await world.request('GET', DEPLOYMENTS, { cookie });
  assert.equal(refused.status, 401);
  assert.deepEqual(Object.keys(refused.body), [
    ...['message', 'code', 'status', 'contextId', 'details', 'errors'],
  ]);
});
