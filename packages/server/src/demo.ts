/**
 * `countersign demo`: the sample world of `npm start`. A node with `demo/countersign.yaml`, the shop
 * Fjell & Fern, its identity provider and Apple's side of Messages for Business, each on a port of its own,
 * on this machine alone.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  type IdentityProvider,
  type Portal,
  people,
  type RegisteredClient,
  SAMPLE_PASSWORD,
  startIdentityProvider,
  startPortal,
} from '@countersign/simulators';
import {
  type AppleWorld,
  appleHosts,
  appleSecrets,
  closeAppleWorld,
  startAppleWorld,
  withAppleWorld,
} from './demo-apple.ts';
import { type NodeOptions, type RunningNode, startNode } from './node.ts';
import { publicUrlOf, type Settings } from './settings.ts';

const CONFIGURATION = join(import.meta.dirname, '../demo/countersign.yaml');
const MANIFEST = join(import.meta.dirname, '../../messenger/dist/manifest.json');
const HOST = '127.0.0.1';
const CLIENT_ID = 'countersign';
/** Everybody's at the console. The node is on this machine alone, and holds only samples. */
export const STAFF_PASSWORD = 'fjell-and-fern';
/** As `demo/countersign.yaml` has them. */
const DEPLOYMENTS = {
  openIdConnect: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11',
  signedToken: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a12',
  guest: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13',
};

export interface World {
  provider: IdentityProvider;
  portal: Portal;
  clientSecret: string;
  apple: AppleWorld;
}

/** Throws what `startNode` throws; then nothing is left running. */
export async function startDemo(
  settings: Settings,
  print: (line: string) => void,
): Promise<Pick<RunningNode, 'close'>> {
  print('Starting the sample world; the first time takes a few seconds longer.');
  const port = settings.port || (await freePort());
  const nodeUrl = publicUrlOf(settings, port);
  const world = await startWorld(port, nodeUrl);
  try {
    const node = await startNode(nodeOptions({ ...settings, port }, world, print));
    for (const line of guide(node.url, world)) print(line);
    return {
      async close() {
        await node.close();
        await closeWorld(world);
      },
    };
  } catch (cause) {
    await closeWorld(world);
    throw cause;
  }
}

/** How long what proves a customer is good for; without it, as long as such things usually are. */
export interface WorldLifetimes {
  /** Of the provider's access tokens. */
  accessTokenSeconds?: number;
  /** Of the tokens that the shop signs. */
  tokenSeconds?: number;
}

export async function startWorld(
  nodePort: number,
  nodeUrl: string,
  { accessTokenSeconds, tokenSeconds }: WorldLifetimes = {},
): Promise<World> {
  const clientSecret = randomBytes(32).toString('base64url');
  const provider = await atPort(nodePort + 2, (port) =>
    startIdentityProvider({
      port,
      host: HOST,
      ...(accessTokenSeconds === undefined ? {} : { accessTokenSeconds }),
      clients: [chatClient(clientSecret, nodeUrl)],
    }),
  );
  const started: { close(): Promise<unknown> }[] = [provider];
  try {
    const portal = await atPort(nodePort + 1, (port) =>
      startShop(port, nodeUrl, provider, tokenSeconds),
    );
    started.push(portal);
    for (const client of portal.clients) provider.registerClient(client);
    provider.addRedirectUris(CLIENT_ID, [portal.redirectUri]);
    const apple = await startAppleWorld({
      ...{ nodeUrl, host: HOST },
      atPort: (offset, start) => atPort(nodePort + offset, start),
    });
    return { provider, portal, clientSecret, apple };
  } catch (cause) {
    await Promise.all(started.map((server) => server.close()));
    throw cause;
  }
}

/** Signing out at the shop ends the provider's session, and that signs the chat out. */
function chatClient(clientSecret: string, nodeUrl: string): RegisteredClient {
  return {
    clientId: CLIENT_ID,
    clientSecret,
    name: 'Fjell & Fern chat',
    redirectUris: [`${nodeUrl}/try/callback`],
    backchannelLogoutUri: `${nodeUrl}/auth/back-channel-logout`,
  };
}

function startShop(
  port: number,
  nodeUrl: string,
  provider: IdentityProvider,
  tokenSeconds: number | undefined,
): Promise<Portal> {
  const loaderIntegrity = readLoaderIntegrity();
  return startPortal({
    port,
    host: HOST,
    nodeUrl,
    provider,
    clientId: CLIENT_ID,
    deployments: DEPLOYMENTS,
    ...(tokenSeconds === undefined ? {} : { tokenSeconds }),
    ...(loaderIntegrity === undefined ? {} : { loaderIntegrity }),
  });
}

/** At the port next to the node's, or at any free one when that is taken or not a port. */
async function atPort<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  if (port > 65_535) return start(0);
  try {
    return await start(port);
  } catch (cause) {
    const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (!inUse) throw cause;
    return start(0);
  }
}

/** Absent until the messenger is built. */
function readLoaderIntegrity(): string | undefined {
  if (!existsSync(MANIFEST)) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  const loader = member(manifest, 'loader');
  const integrity = member(loader, 'integrity');
  return typeof integrity === 'string' ? integrity : undefined;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function nodeOptions(settings: Settings, world: World, print: (line: string) => void): NodeOptions {
  const answers = new Map(Object.entries(worldSecrets(world)));
  return {
    settings: {
      ...settings,
      // Never on data that is in use: the sample people have known passwords
      dataDir: join(settings.dataDir, 'demo'),
      secrets: { ...settings.secrets, databaseUrl: undefined, natsUrl: undefined },
      allowPrivateHosts: [...settings.allowPrivateHosts, ...worldHosts(world)],
      // What is printed below is to stay readable, unless somebody asked for more
      logLevel: settings.readEnvironment('COUNTERSIGN_LOG_LEVEL') ? settings.logLevel : 'warn',
      readEnvironment: (name) => answers.get(name) ?? settings.readEnvironment(name),
    },
    configurationFile: { text: configurationText(world), fileName: 'demo/countersign.yaml' },
    onLost: (cause) => {
      print(`The database is gone: ${cause.message}`);
      process.exit(1);
    },
  };
}

/** What the configuration file takes from the environment. */
export const worldSecrets = ({ clientSecret, apple }: World): Record<string, string> => ({
  DEMO_CLIENT_SECRET: clientSecret,
  DEMO_PASSWORD: STAFF_PASSWORD,
  ...appleSecrets(apple),
});

/** Hosts of this machine that the node may call. */
export const worldHosts = ({ provider, portal, apple }: World): string[] => [
  ...[provider.issuer, portal.url].map((url) => new URL(url).host),
  ...appleHosts(apple),
];

/** The array form names its key, so that a token of an unknown key is refused as just that. */
export function configurationText({ provider, portal, apple }: World): string {
  return withAppleWorld(readFileSync(CONFIGURATION, 'utf8'), apple)
    .replaceAll('DEMO_PORTAL/_services/auth/publickey', `${portal.publicKeyUrl}?format=array`)
    .replaceAll('DEMO_PORTAL', portal.url)
    .replaceAll('DEMO_PROVIDER', provider.issuer);
}

function guide(nodeUrl: string, { portal, apple }: World): string[] {
  const customers = people.map(({ givenName }) => givenName).join(', ');
  return [
    '',
    `  1  Console         ${nodeUrl}`,
    `     maria.santos@fjellfern.example, password ${STAFF_PASSWORD}: answer what customers write`,
    '     sam.okafor@fjellfern.example, same password: administrator, sees every sign-in attempt',
    `  2  Guest           ${portal.url}/`,
    '     write to the shop; Maria sees somebody unknown',
    `  3  Account         ${portal.url}/account`,
    `     sign in as ${customers} (password ${SAMPLE_PASSWORD}); Maria sees who it is, by OpenID Connect`,
    `  4  Customer portal ${portal.url}/portal`,
    '     pick a person, no password; the shop signs a token. “For testing” makes it wrong',
    `  5  Apple Messages  ${apple.gateway.phoneUrl}`,
    '     a phone to write from; Maria can ask whoever holds it to sign in',
    '',
    'Use two browser windows side by side: the console in one, the shop in the other.',
    'Stop with Ctrl+C.',
  ];
}

/** The shop has to know the node's address before the node starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'object' && address) return address.port;
  throw new Error('the system gave no free port');
}

export async function closeWorld({ provider, portal, apple }: World): Promise<void> {
  await Promise.all([provider.close(), portal.close(), closeAppleWorld(apple)]);
}
