// A node, an identity provider and a portal's key URL, with the deployments that the tests use.
import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { HistoryPage, RestError, TokenResponse } from '@countersign/protocol';
import {
  type IdentityProvider,
  type KeyServer,
  pkce,
  type SigningKey,
  signInAt,
  signingKey,
  signToken,
  startIdentityProvider,
  startKeyServer,
} from '@countersign/simulators';
import { startTestNode, type TestNode } from '../start-node.ts';
import { type ClientOptions, type Frame, GuestClient } from './guest-client.ts';

export const deployments = {
  /** Sign-in at the provider; guests may step up; read-only after the end. */
  shop: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11',
  /** Site-signed tokens; guests are not admitted; nothing is said at the end. */
  portal: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a12',
  /** No sign-in, any page; typing and clear off; `Send` at the end. */
  open: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13',
  inactive: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a14',
};

export const API_KEY = 'cs-test-key-of-an-agent-0123456789abcdef';
export const CLIENT_SECRET = 'test-client-secret';
/** The provider's cookies in one browser. */
export type CookieJar = Map<string, string>;

const REDIRECT_URI = 'https://shop.example/signed-in';

export interface World {
  node: TestNode;
  url: string;
  provider: IdentityProvider;
  portalKey: SigningKey;
  /** `stop`: from there on time passes by `advance` alone, however slow the machine is. */
  clock: { now(): number; advance(ms: number): void; stop(): void };
  connect(options?: Partial<ClientOptions>, at?: TestNode): Promise<GuestClient>;
  /** A guest of `open` with a configured session. */
  guest(options?: Partial<ClientOptions>): Promise<GuestClient>;
  post(path: string, body: object, headers?: Record<string, string>): Promise<Answer>;
  request(method: string, path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Signs a person in at the provider: what a site's AuthProvider hands over. */
  providerProof(person?: string, cookies?: CookieJar): Promise<ProviderProof>;
  /** The same, exchanged. */
  signInAtProvider(person?: string, cookies?: CookieJar): Promise<TokenResponse>;
  /** A token as the portal signs it. */
  portalToken(claims?: Record<string, unknown>): string;
  signInAtPortal(claims?: Record<string, unknown>): Promise<TokenResponse>;
  history(client: GuestClient, query?: string): Promise<Answer>;
  /** As an agent with an API key. */
  agent(method: string, path: string, body?: object): Promise<Answer>;
  /** Another node on the same database, without a bus between them: every hint is lost. */
  deafNode(): Promise<TestNode>;
  close(): Promise<void>;
}

/** More keys of the two settings, as lines of YAML. */
export interface SettingKeys {
  shop?: string;
  portal?: string;
}

export interface ProviderProof {
  kind: 'code';
  authCode: string;
  iss: string;
  nonce: string;
  maxAge: string;
  redirectUri: string;
  codeVerifier: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** `{}` when the answer is no JSON. */
  body: AnswerBody;
  text: string;
}

/** A body of any endpoint; a test reads the members that its endpoint has. */
export interface AnswerBody
  extends Partial<TokenResponse>,
    Partial<HistoryPage>,
    Partial<Omit<RestError, 'status'>> {
  status?: number | string;
}

export async function startWorld(
  environment: Record<string, string> = {},
  settingKeys: SettingKeys = {},
): Promise<World> {
  const provider = await startIdentityProvider();
  const portalKey = await signingKey({ kid: 'portal-1' });
  const keys = await startKeyServer({
    respond: () => ({ kind: 'body', body: portalKey.publicKeyPem }),
  });
  let offset = 0;
  let stopped: number | null = null;
  const clock = {
    now: () => (stopped ?? Date.now()) + offset,
    advance(ms: number) {
      offset += ms;
    },
    stop() {
      stopped ??= Date.now();
    },
  };
  const options = {
    configuration: configuration(provider, keys, settingKeys),
    environment: {
      COUNTERSIGN_KEY: randomBytes(32).toString('base64'),
      TEST_CLIENT_SECRET: CLIENT_SECRET,
      TEST_API_KEY: API_KEY,
      TEST_PASSWORD: 'correct horse battery',
      ...environment,
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: [
        ...[provider, keys].map(({ port }) => `127.0.0.1:${port}`),
        environment.COUNTERSIGN_ALLOW_PRIVATE_HOSTS ?? [],
      ]
        .flat()
        .join(),
    },
    clock,
  };
  const node = await startTestNode(options);
  const { url } = node;
  const clients: GuestClient[] = [];
  const others: TestNode[] = [];
  // A provider that says when somebody has signed out there, and names its sessions
  provider.registerClient({
    clientId: 'countersign',
    clientSecret: CLIENT_SECRET,
    redirectUris: [REDIRECT_URI],
    backchannelLogoutUri: `${url}/auth/back-channel-logout`,
  });
  const world: World = {
    node,
    url,
    provider,
    portalKey,
    clock,
    async connect(options = {}, at = node) {
      const client = await GuestClient.connect(at.url, {
        deploymentId: deployments.open,
        ...options,
      });
      clients.push(client);
      return client;
    },
    async guest(options) {
      const client = await world.connect(options);
      mustBe(200, await client.configure());
      return client;
    },
    post: (path, body, headers = {}) => call(url, 'POST', path, headers, body),
    request: (method, path, headers = {}) => call(url, method, path, headers),
    async providerProof(person = 'u-1007', cookies = new Map()) {
      const { codeVerifier, codeChallenge } = pkce();
      const nonce = randomUUID();
      const { code, iss } = await signInAt(provider, {
        person,
        clientId: 'countersign',
        redirectUri: REDIRECT_URI,
        codeChallenge,
        nonce,
        cookies,
      });
      const maxAge = '3600';
      const redirectUri = REDIRECT_URI;
      return { kind: 'code', authCode: code, iss, nonce, maxAge, redirectUri, codeVerifier };
    },
    async signInAtProvider(person, cookies) {
      const { kind: _, authCode, ...rest } = await world.providerProof(person, cookies);
      const path = '/api/v2/webdeployments/token/oauthcodegrantjwtexchange';
      const oauth = { code: authCode, ...rest };
      return tokensOf(await world.post(path, { deploymentId: deployments.shop, oauth }));
    },
    portalToken(claims = {}) {
      const now = Math.floor(clock.now() / 1000);
      return signToken(portalKey, {
        sub: 'portal-user-1',
        iss: 'portal.example',
        aud: 'countersign',
        iat: now,
        nbf: now,
        exp: now + 900,
        preferred_username: 'Robin Kim',
        ...claims,
      });
    },
    async signInAtPortal(claims) {
      const path = '/api/v2/webdeployments/token/signedtokenexchange';
      const token = world.portalToken(claims);
      const answer = await world.post(path, { deploymentId: deployments.portal, token });
      return tokensOf(answer);
    },
    async history(client, query = '') {
      const { body } = await client.ask({ action: 'getJwt' });
      const authorization = `bearer ${body.jwt}`;
      return world.request('GET', `/api/v2/webmessaging/messages${query}`, { authorization });
    },
    agent: (method, path, body) =>
      call(url, method, path, { authorization: `Bearer ${API_KEY}` }, body),
    async deafNode() {
      const socket = socketFolder(node.dataDir);
      const DATABASE_URL = `postgresql:///postgres?host=${socket}&user=countersign`;
      const environment = { ...options.environment, DATABASE_URL };
      const other = await startTestNode({ ...options, environment });
      others.push(other);
      return other;
    },
    async close() {
      await Promise.all(others.map((other) => other.close()));
      await Promise.all(clients.map((client) => client.close()));
      await node.close();
      await Promise.all([provider.close(), keys.close()]);
    },
  };
  return world;
}

function tokensOf({ status, body, text }: Answer): TokenResponse {
  const { jwt, refreshToken } = body;
  if (status !== 200 || jwt === undefined) throw new Error(text);
  return { jwt, ...(refreshToken !== undefined && { refreshToken }) };
}

function socketFolder(dataDir: string): string {
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true });
  const socket = entries.find((entry) => entry.name === '.s.PGSQL.5432');
  if (!socket) throw new Error('the embedded database listens nowhere');
  return socket.parentPath;
}

export function mustBe(code: number, frame: Frame): void {
  if (frame.code !== code) throw new Error(`expected ${code}, got ${JSON.stringify(frame)}`);
}

async function call(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: body ? { 'content-type': 'application/json', ...headers } : headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : {},
    text,
  };
}

const configuration = (
  provider: IdentityProvider,
  keys: KeyServer,
  { shop = '', portal = '' }: SettingKeys,
): string => `
authenticationSettings:
  - name: Shop sign-in
    type: openid-connect
    discoveryUri: ${provider.discoveryUri}
    clientId: countersign
    clientSecret: { env: TEST_CLIENT_SECRET }
    contextClaims: [msdyn_isvip, msdyn_cartvalue]
    ${shop}
  - name: Portal token
    type: signed-token
    owner: admin@shop.example
    publicKeyUrl: ${keys.url}/publickey
    clientFunction: auth.getAuthenticationToken
    issuer: portal.example
    audience: countersign
    ${portal}
queues:
  - { name: Signed-in customers, priority: 1, assignment: highest-capacity, members: [maria@shop.example] }
  - { name: Guests, priority: 10, assignment: round-robin, members: [maria@shop.example] }
workstreams:
  - name: Web chat
    channel: web
    distribution: pick
    capacity: 10
    offerTimeout: 120
    contextVariables:
      - { name: msdyn_cartvalue, type: number }
      - { name: msdyn_isvip, type: text }
      - { name: orderId, type: text }
    routeToQueue:
      - { when: { authenticated: true }, queue: Signed-in customers, priority: 5 }
    fallbackQueue: Guests
messengerConfigurations:
  - name: Shop messenger
    authentication: { enabled: true, setting: Shop sign-in, allowSessionUpgrade: true }
    languages: [en, de]
    conversations: { disconnect: ReadOnly, clear: true, typing: true, sessionDuration: 3600 }
    appearance: { primaryColor: "#0b5fff", launcher: On, position: Auto }
    attachments: { enabled: true, fileTypes: ["image/*", "application/pdf", "text/plain"], maxFileSizeKB: 64 }
  - name: Portal messenger
    authentication: { enabled: true, setting: Portal token, allowSessionUpgrade: false }
    languages: [en]
    conversations: { disconnect: Off, clear: true, typing: true, sessionDuration: 3600 }
    appearance: { primaryColor: "#0b5fff", launcher: On, position: Auto }
  - name: Open messenger
    authentication: { enabled: false }
    languages: [en]
    conversations: { disconnect: Send, clear: false, typing: false, sessionDuration: 3600 }
    appearance: { primaryColor: "#0b5fff", launcher: On, position: Auto }
deployments:
  - { id: ${deployments.shop}, name: shop, configuration: Shop messenger, workstream: Web chat, status: Active, allowAllDomains: false, allowedDomains: [shop.example] }
  - { id: ${deployments.portal}, name: portal, configuration: Portal messenger, workstream: Web chat, status: Active, allowAllDomains: false, allowedDomains: [shop.example] }
  - { id: ${deployments.open}, name: open, configuration: Open messenger, workstream: Web chat, status: Active, allowAllDomains: true, allowedDomains: [] }
  - { id: ${deployments.inactive}, name: inactive, configuration: Open messenger, workstream: Web chat, status: Inactive, allowAllDomains: true, allowedDomains: [] }
users:
  - { email: admin@shop.example, name: Ada Admin, roles: [administrator], password: { env: TEST_PASSWORD } }
  - { email: maria@shop.example, name: Maria Lopez, nickname: Maria, roles: [agent], capacity: 100, password: { env: TEST_PASSWORD } }
apiKeys:
  - { name: tests, token: { env: TEST_API_KEY }, roles: [agent, supervisor, administrator] }
`;
