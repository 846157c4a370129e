// A node with one deployment for each fault, a certified provider, and a site with keys good and bad.
import {
  type IdentityProvider,
  type SigningKey,
  signingKey,
  startIdentityProvider,
  startKeyServer,
} from '@countersign/simulators';
import { startTestNode } from '../start-node.ts';
import { pagesOf, type SettingFault } from './faults.ts';

const API_KEY = 'cs-test-key-of-a-developer-0123456789abcdef';
/** Nothing listens there: the discard service. */
const CLOSED_PORT = 9;
const SECRET = 'the-secret-of-the-provider';

export interface FaultAttempt {
  outcome: string;
  reason: string | null;
  hint: string | null;
  checks: { name: string; passed: boolean; observed?: string; expected?: string }[];
}

export interface FaultWorld {
  provider: IdentityProvider;
  key: SigningKey;
  other: SigningKey;
  /** `name` of a fault, or `right`. */
  exchange(name: string, proof: object): Promise<{ status: number; reference: string }>;
  attempt(reference: string): Promise<FaultAttempt[]>;
  close(): Promise<void>;
}

export async function startFaultWorld(faults: readonly SettingFault[]): Promise<FaultWorld> {
  const provider = await startIdentityProvider();
  provider.registerClient({
    clientId: 'countersign',
    clientSecret: SECRET,
    redirectUris: ['https://shop.example/signed-in'],
  });
  const [key, other] = [await signingKey({ kid: 'shop-1' }), await signingKey({ kid: 'shop-2' })];
  const pages = pagesOf(key, other);
  const site = await startKeyServer({
    respond: ({ path }) => {
      if (path === '/moved') return { kind: 'redirect', to: '/keys' };
      const body = pages[path];
      return body === undefined ? { kind: 'body', status: 404, body: '' } : { kind: 'body', body };
    },
  });
  // A proxy that names another tenant in its discovery document
  pages['/tenant/.well-known/openid-configuration'] = JSON.stringify({
    issuer: provider.issuer,
    token_endpoint: `${provider.issuer}/token`,
    jwks_uri: `${provider.issuer}/jwks`,
  });
  // An OAuth server: an access token, and nothing about who it is for
  pages['/oauth-only/.well-known/openid-configuration'] = JSON.stringify({
    issuer: `${site.url}/oauth-only`,
    token_endpoint: `${site.url}/oauth-only/token`,
    jwks_uri: `${site.url}/keys`,
  });
  pages['/oauth-only/token'] = JSON.stringify({ access_token: 'opaque', token_type: 'Bearer' });
  const places = { PROVIDER: provider.issuer, SITE: site.url, TENANT: `${site.url}/tenant` };
  const node = await startTestNode({
    configuration: configuration(faults, places),
    environment: {
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: [provider.port, site.port, CLOSED_PORT]
        .map((port) => `127.0.0.1:${port}`)
        .join(),
    },
  });
  const all = [{ name: 'right' }, ...faults];
  return {
    ...{ provider, key, other },
    async exchange(name, proof) {
      const deploymentId = deploymentOf(all.findIndex((fault) => fault.name === name));
      const kind = 'oauth' in proof ? 'oauthcodegrantjwtexchange' : 'signedtokenexchange';
      const answer = await fetch(`${node.url}/api/v2/webdeployments/token/${kind}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ deploymentId, ...proof }),
      });
      const { reference = '' } = (await answer.json()) as { reference?: string };
      return { status: answer.status, reference };
    },
    async attempt(reference) {
      const answer = await fetch(`${node.url}/api/attempts?reference=${reference}`, {
        headers: { authorization: `Bearer ${API_KEY}` },
      });
      return ((await answer.json()) as { items: FaultAttempt[] }).items;
    },
    async close() {
      await node.close();
      await Promise.all([provider.close(), site.close()]);
    },
  };
}

const deploymentOf = (index: number): string =>
  `6c0c2f0e-5a51-4d0e-9d6e-${String(index).padStart(12, '0')}`;

/** YAML is a superset of JSON. */
function configuration(
  faults: readonly SettingFault[],
  places: { PROVIDER: string; SITE: string; TENANT: string },
): string {
  const right: SettingFault['setting'] = { type: 'openid-connect' };
  const all = [{ name: 'right', setting: right, off: false }, ...faults];
  const text = JSON.stringify({
    authenticationSettings: all.map(({ name, setting }) => ({ name, ...complete(setting) })),
    queues: [{ name: 'Guests' }],
    workstreams: [{ name: 'Web chat', fallbackQueue: 'Guests' }],
    messengerConfigurations: all.map(({ name, off }) => ({
      name,
      authentication: off ? { enabled: false } : { enabled: true, setting: name },
    })),
    deployments: all.map(({ name }, index) => ({
      ...{ id: deploymentOf(index), name, configuration: name },
      ...{ workstream: 'Web chat', allowAllDomains: true },
    })),
    apiKeys: [{ name: 'tests', token: API_KEY, roles: ['developer'] }],
  });
  return text
    .replaceAll('"TENANT"', `"${places.TENANT}/.well-known/openid-configuration"`)
    .replaceAll('PROVIDER', places.PROVIDER)
    .replaceAll('SITE', places.SITE);
}

const complete = (setting: SettingFault['setting']): object =>
  setting.type === 'openid-connect'
    ? {
        discoveryUri: 'PROVIDER/.well-known/openid-configuration',
        clientId: 'countersign',
        clientSecret: SECRET,
        ...setting,
      }
    : { publicKeyUrl: 'SITE/keys', issuer: 'shop.example', audience: 'countersign', ...setting };
