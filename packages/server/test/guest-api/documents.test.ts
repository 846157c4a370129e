import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { DeploymentConfig } from '@countersign/protocol';
import { Value } from 'typebox/value';
import { checkNoNull } from './guest-client.ts';
import { deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const ROOT = '/webdeployments/v1/deployments';

test('[GA110] config.json has what the mobile SDK insists on, and no setting’s id', async () => {
  const { status, headers, text } = await world.request(
    'GET',
    `${ROOT}/${deployments.shop}/config.json`,
  );
  assert.equal(status, 200);
  assert.match(headers.get('content-type') ?? '', /^application\/json/);
  const config: DeploymentConfig = JSON.parse(text);
  assert.ok(Value.Check(DeploymentConfig, config));
  checkNoNull(config, '');
  assert.deepEqual(config.auth, { enabled: true, allowSessionUpgrade: true });
  assert.equal(config.version, '1');
  const { conversations } = config.messenger.apps;
  assert.equal(conversations.messagingEndpoint, `${world.url.replace('http', 'ws')}/v1`);
  assert.deepEqual(conversations.conversationDisconnect, { enabled: true, type: 'ReadOnly' });
  assert.deepEqual(config.countersign, {
    authentication: { type: 'openid-connect' },
    name: 'Shop messenger',
    primaryColor: '#0b5fff',
  });
  assert.ok(!text.includes('Shop sign-in') && !text.includes('secret'));
});

test('[GA110] a site-signed deployment names its client function, one without sign-in nothing', async () => {
  const read = async (id: string) => {
    const { text } = await world.request('GET', `${ROOT}/${id}/config.json`);
    const config: DeploymentConfig = JSON.parse(text);
    return config.countersign.authentication;
  };
  assert.deepEqual(await read(deployments.portal), {
    type: 'signed-token',
    clientFunction: 'auth.getAuthenticationToken',
  });
  assert.equal(await read(deployments.open), undefined);
});

test('[GA111] of an unknown deployment it answers 403', async () => {
  for (const id of [randomUUID(), '__proto__', 'x']) {
    assert.equal((await world.request('GET', `${ROOT}/${id}/config.json`)).status, 403);
    assert.equal((await world.request('GET', `${ROOT}/${id}/domains.json`)).status, 403);
  }
});

test('[GA112] domains.json lists the domains, for every page', async () => {
  const origin = 'https://anywhere.example';
  for (const [id, expected] of [
    [deployments.shop, { allowAllDomains: false, allowedDomains: ['shop.example'] }],
    [deployments.open, { allowAllDomains: true, allowedDomains: [] }],
  ] as const) {
    const { text, headers } = await world.request('GET', `${ROOT}/${id}/domains.json`, { origin });
    assert.deepEqual(JSON.parse(text), expected);
    assert.equal(headers.get('access-control-allow-origin'), '*');
  }
});

test('[GA113] token and history endpoints are readable from admitted pages', async () => {
  const paths = [
    '/api/v2/webdeployments/token/oauthcodegrantjwtexchange',
    '/api/v2/webdeployments/token/signedtokenexchange',
    '/api/v2/webdeployments/token/refresh',
    '/api/v2/webdeployments/token/revoke',
    '/api/v2/webmessaging/messages',
  ];
  for (const path of paths) {
    for (const origin of ['https://www.shop.example', world.url]) {
      const { status, headers } = await world.request('OPTIONS', path, { origin });
      assert.equal(status, 204);
      assert.equal(headers.get('access-control-allow-origin'), origin);
      assert.match(headers.get('access-control-allow-headers') ?? '', /authorization/);
    }
  }
  const refused = await world.request('GET', '/api/v2/webmessaging/messages', {
    origin: 'https://www.shop.example',
  });
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get('access-control-allow-origin'), 'https://www.shop.example');
});
