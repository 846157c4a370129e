// A node that is administered as if it were Genesys Cloud, and the provider that its customers sign in at.
import { randomUUID } from 'node:crypto';
import type { RestError } from '@countersign/protocol';
import {
  type IdentityProvider,
  pkce,
  signInAt,
  startIdentityProvider,
} from '@countersign/simulators';
import { startTestNode, type TestNode } from '../start-node.ts';

export const KEYS = {
  administrator: 'cs-key-of-an-administrator-0123456789ab',
  other: 'cs-key-of-another-administrator-0123456',
  developer: 'cs-key-of-a-developer-0123456789abcdef0',
  secrets: 'cs-key-of-who-reads-secrets-0123456789a',
} as const;
export type Key = keyof typeof KEYS;

export const CLIENT_SECRET = 'marker-client-secret-of-the-shop';
export const OWN_SECRET = 'marker-secret-of-our-own-setting';
const REDIRECT_URI = 'https://shop.example/signed-in';

/** A body of any route; a test reads the members that its route has. */
export interface Body extends Partial<RestError> {
  [member: string]: unknown;
}

export interface Answer {
  status: number;
  text: string;
  /** `{}` when the answer is no JSON. */
  body: Body;
}

export interface GenesysWorld {
  node: TestNode;
  provider: IdentityProvider;
  clock: { now(): number; advance(ms: number): void };
  /** As a program with an API key. */
  call(method: string, path: string, body?: unknown, key?: Key): Promise<Answer>;
  /** The same, whatever the credentials are. */
  request(method: string, path: string, headers: object, body?: string): Promise<Answer>;
  /** The same call, which must succeed. */
  must(method: string, path: string, body?: unknown, key?: Key): Promise<Body>;
  /** What clients of a deployment read. */
  config(deploymentId: string): Promise<Body>;
  /** Signs a person in at the provider and exchanges the code here. */
  signIn(deploymentId: string): Promise<Answer>;
  close(): Promise<void>;
}

export const GENESYS = '/api/v2';
export const CONFIGURATIONS = `${GENESYS}/webdeployments/configurations`;
export const DEPLOYMENTS = `${GENESYS}/webdeployments/deployments`;
export const INTEGRATIONS = `${GENESYS}/integrations`;
export const CREDENTIALS = `${INTEGRATIONS}/credentials`;

export async function startGenesysWorld(): Promise<GenesysWorld> {
  const provider = await startIdentityProvider();
  let offset = 0;
  const clock = {
    now: () => Date.now() + offset,
    advance(ms: number) {
      offset += ms;
    },
  };
  provider.registerClient({
    clientId: 'countersign',
    clientSecret: CLIENT_SECRET,
    redirectUris: [REDIRECT_URI],
  });
  const node = await startTestNode({
    configuration: configuration(provider),
    environment: { COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${provider.port}` },
    clock,
  });
  const world: GenesysWorld = {
    node,
    provider,
    clock,
    call(method, path, body, key = 'administrator') {
      // Generated clients name a content type, body or not
      const json = body !== undefined || path.startsWith(GENESYS);
      const headers = {
        authorization: `Bearer ${KEYS[key]}`,
        ...(json && { 'content-type': 'application/json' }),
      };
      return world.request(
        method,
        path,
        headers,
        body === undefined ? undefined : JSON.stringify(body),
      );
    },
    async request(method, path, headers, body) {
      const response = await fetch(node.url + path, {
        method,
        headers: { ...headers },
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
      return { status: response.status, text, body: isJson ? JSON.parse(text) : {} };
    },
    async must(method, path, body, key) {
      const answer = await world.call(method, path, body, key);
      if (answer.status >= 300)
        throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.body;
    },
    async config(deploymentId) {
      const path = `/webdeployments/v1/deployments/${deploymentId}/config.json`;
      return (await world.request('GET', path, {})).body;
    },
    async signIn(deploymentId) {
      const { codeVerifier, codeChallenge } = pkce();
      const nonce = randomUUID();
      const client = { clientId: 'countersign', redirectUri: REDIRECT_URI, codeChallenge, nonce };
      const { code, iss } = await signInAt(provider, { person: 'u-1007', ...client });
      const oauth = { code, iss, nonce, codeVerifier, redirectUri: REDIRECT_URI };
      const path = `${GENESYS}/webdeployments/token/oauthcodegrantjwtexchange`;
      const headers = { 'content-type': 'application/json' };
      return world.request('POST', path, headers, JSON.stringify({ deploymentId, oauth }));
    },
    async close() {
      await node.close();
      await provider.close();
    },
  };
  return world;
}

const configuration = (provider: IdentityProvider): string => `
authenticationSettings:
  - name: Made in our console
    type: openid-connect
    discoveryUri: ${provider.discoveryUri}
    clientId: countersign
    clientSecret: ${OWN_SECRET}
    contextClaims: [msdyn_isvip]
    providerHosts: [id.shop.example]
  - { name: Portal token, type: signed-token, publicKeyUrl: https://portal.shop.example/publickey }
queues: [{ name: Everybody, members: [] }]
workstreams:
  - { name: Web chat, channel: web, distribution: pick, capacity: 10, fallbackQueue: Everybody }
operatingHours:
  - { name: Office hours, timeZone: Europe/Berlin, weekly: { mon: ["09:00-17:00"] } }
messengerConfigurations:
  - name: Ours
    languages: [en, de]
    authentication: { enabled: true, setting: Portal token, allowSessionUpgrade: true }
    preChatSurvey: { questions: [{ name: Topic, text: What is it about?, type: options, options: [Parcel, Other] }] }
    rating: { enabled: true, text: How was it? }
deployments:
  - { name: ours, configuration: Ours, workstream: Web chat, allowAllDomains: true, operatingHours: Office hours }
users:
  - { email: ada@shop.example, name: Ada, roles: [administrator], password: correct horse battery }
apiKeys:
  - { name: Terraform, token: ${KEYS.administrator}, roles: [administrator] }
  - { name: Other, token: ${KEYS.other}, roles: [administrator] }
  - { name: Site, token: ${KEYS.developer}, roles: [developer] }
  - { name: Vault, token: ${KEYS.secrets}, roles: [administrator, secrets] }
`;
