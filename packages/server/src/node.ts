import { once } from 'node:events';
import { createServer } from 'node:net';
import {
  administrationMigrations,
  applyFile,
  auditWriter,
  createAdministration,
} from './administration/index.ts';
import { attachmentMigrations, createAttachments } from './attachments/index.ts';
import {
  appleMigrations,
  createAppleChannel,
  createSignIn,
  openThread,
  signInMigrations,
} from './channels/apple/index.ts';
import { createWebChannel, serveMessenger } from './channels/web/index.ts';
import {
  type ConfigurationWriter,
  configurationMigrations,
  createConfiguration,
  createConfigurationWriter,
  createStoredObjects,
} from './configuration/index.ts';
import { contactMigrations, createContacts } from './contacts/index.ts';
import { conversationMigrations, createConversations } from './conversations/index.ts';
import { createIdentity, identityMigrations, isTokenSetting } from './identity/index.ts';
import {
  type Clock,
  createHttp,
  createOutbound,
  createSeal,
  createTelemetry,
  type Database,
  Fault,
  keepSealingKey,
  localBus,
  natsBus,
  type Outbound,
  openDatabase,
  type Seal,
  systemClock,
  type Telemetry,
} from './platform/index.ts';
import { createRouting, routingMigrations } from './routing/index.ts';
import { createSessions, sessionMigrations } from './sessions/index.ts';
import { publicUrlOf, type Settings } from './settings.ts';
import { createSetup } from './setup/index.ts';
import { createSightings, sightingMigrations } from './sightings/index.ts';
import { createTryPage, tryPageMigrations } from './try-page/index.ts';
import { createWebhookOutbox, createWebhooks, webhookMigrations } from './webhooks/index.ts';
import {
  createWorkspace,
  publishOpenApi,
  serveConsole,
  serveDocs,
  workspaceMigrations,
} from './workspace/index.ts';

export interface NodeOptions {
  settings: Settings;
  clock?: Clock;
  /** Applied before the port opens; a fault in it changes nothing, and nothing starts. */
  configurationFile?: { text: string; fileName: string };
  /** The embedded database died and stays dead. */
  onLost?: (cause: Error) => void;
}

export interface RunningNode {
  url: string;
  database: Database;
  /** Once, for 24 hours: where the first administrator is made. Null: there are users. */
  firstAdministratorUrl: string | null;
  /** Finishes what is acknowledged, and closes sockets so that clients come back. */
  close(): Promise<void>;
}

const MIGRATIONS = [
  configurationMigrations,
  administrationMigrations,
  identityMigrations,
  contactMigrations,
  attachmentMigrations,
  sessionMigrations,
  conversationMigrations,
  routingMigrations,
  webhookMigrations,
  workspaceMigrations,
  appleMigrations,
  signInMigrations,
  sightingMigrations,
  tryPageMigrations,
];
const SWEEP_MS = 1000;
const FORGET_MS = 600_000;

/** Wires one node from its settings and starts it. The only file that knows every module. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { settings, clock = systemClock } = options;
  const telemetry = createTelemetry({ level: settings.logLevel });
  const closing: (() => Promise<unknown>)[] = [];
  const close = () => closeAll(closing, telemetry);
  try {
    const wired = await wire({ ...options, clock, telemetry, closing });
    return { ...wired, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

interface Wiring extends NodeOptions {
  clock: Clock;
  telemetry: Telemetry;
  /** What to close, in the reverse of this order. */
  closing: (() => Promise<unknown>)[];
}

async function wire(options: Wiring): Promise<Omit<RunningNode, 'close'>> {
  const { settings, clock, telemetry, closing } = options;
  const { log, metrics } = telemetry;
  const port = settings.port || (await freePort(settings.host));
  const publicUrl = publicUrlOf(settings, port);

  const database = await openDatabase({
    url: settings.secrets.databaseUrl,
    dataDir: settings.dataDir,
    log,
    ...(options.onLost ? { onLost: options.onLost } : {}),
  });
  closing.push(() => database.close());
  await database.migrate(MIGRATIONS);
  const seal = await openSeal(settings);
  const { natsUrl } = settings.secrets;
  const bus = natsUrl ? await natsBus(natsUrl, log) : localBus();
  closing.push(() => bus.close());
  const outbound = createOutbound({ allowedHosts: settings.allowPrivateHosts });
  closing.push(() => outbound.close());

  const base = { database, bus, seal, clock, log };
  const objects = createStoredObjects(seal);
  const writer = createConfigurationWriter({ ...base, objects, record: auditWriter(clock) });
  await applyOrThrow(writer, options);
  const configuration = await createConfiguration({ ...base, objects });
  closing.push(() => configuration.close());
  const { attemptDays } = settings;
  const identity = createIdentity({ ...base, outbound, attemptDays });
  closing.push(() => identity.close());
  const contacts = createContacts(base);
  const attachments = createAttachments(base);
  const tellWebhooks = createWebhookOutbox({ configuration, clock });
  const onWritten: typeof tellWebhooks = async (written, transaction) => {
    await openThread(written, transaction);
    await tellWebhooks(written, transaction);
  };
  const conversations = createConversations({ ...base, onWritten });
  closing.push(() => conversations.close());
  const sessions = createSessions({ ...base, configuration, conversations, identity });
  closing.push(() => sessions.close());
  const routing = createRouting({ ...base, configuration, conversations, contacts });

  const ready = async () => {
    await database.pool.query('select 1');
  };
  const http = createHttp({ telemetry, publicUrl, ready });
  closing.push(() => http.close());
  await publishOpenApi(http, publicUrl);
  const shared = { ...base, http, attachments, configuration, contacts, conversations, publicUrl };
  const administration = await createAdministration({
    ...{ ...shared, writer, identity, sessions },
    company: companyOf(settings, outbound),
  });
  closing.push(() => administration.close());
  const { identify } = administration;
  const apple = createAppleChannel({
    ...{ ...shared, outbound, routing, metrics },
    signIn: {
      toSend: (request) => appleSignIn.toSend(request),
      sent: (request) => appleSignIn.sent(request),
      notSent: (request, why) => appleSignIn.notSent(request, why),
      replied: (reply) => appleSignIn.replied(reply),
      closed: (customer) => appleSignIn.closed(customer),
    },
  });
  closing.push(() => apple.close());
  const appleSignIn = createSignIn({
    ...{ ...shared, identity },
    async customerOf(conversationId) {
      const thread = await apple.threadOf(conversationId);
      if (!thread) return null;
      const { opaqueId, capabilities, isSilent } = thread;
      return { opaqueId, capabilities, closed: isSilent !== null };
    },
  });
  closing.push(() => appleSignIn.settled());
  const { checkOutgoing } = apple;
  const workspace = createWorkspace({
    ...{ ...shared, telemetry, identify, identity, routing, sessions, checkOutgoing },
    channelSignIns: { apple: appleSignIn },
  });
  closing.push(() => workspace.close());
  const webhooks = createWebhooks({ ...shared, outbound, identify });
  closing.push(() => webhooks.close());
  const sightings = createSightings(base);
  closing.push(() => sightings.flush());
  createSetup({ ...shared, outbound, identify, identity, routing, sightings });
  const { rateLimits } = settings;
  const web = createWebChannel({
    ...{ ...shared, identity, sessions, routing, sightings, metrics, rateLimits },
  });
  closing.push(() => web.close({ comeBack: true }));
  const { mayTry } = createTryPage({ ...shared, identify, identity });
  await serveMessenger(http, { configuration, publicUrl, sightings, mayTry });
  await serveDocs(http);
  await serveConsole(http);

  await listen(http, settings.host, port);
  const sweeping = every(SWEEP_MS, () => routing.sweep(), telemetry);
  closing.push(sweeping.stop);
  const lapsing = every(SWEEP_MS, () => sessions.lapse(), telemetry);
  closing.push(lapsing.stop);
  const settingsInForce = () =>
    [...configuration.current().settings.values()].filter(isTokenSetting);
  const tidying = every(SWEEP_MS, () => identity.sweep(settingsInForce()), telemetry);
  closing.push(tidying.stop);
  const delivering = every(SWEEP_MS, async () => webhooks.sweep(), telemetry);
  closing.push(delivering.stop);
  const sending = every(SWEEP_MS, () => apple.sweep(), telemetry);
  closing.push(sending.stop);
  const proving = every(SWEEP_MS, () => appleSignIn.sweep(), telemetry);
  closing.push(proving.stop);
  const noting = every(SWEEP_MS, () => sightings.flush(), telemetry);
  closing.push(noting.stop);
  const forget = async () => {
    await sightings.forget();
    await apple.forget();
    await attachments.sweep();
    await webhooks.forget();
  };
  const forgetting = every(FORGET_MS, forget, telemetry);
  closing.push(forgetting.stop);
  log.info({ url: publicUrl }, 'ready');
  const firstAdministratorUrl = await administration.offerFirstAdministrator();
  return { url: publicUrl, database, firstAdministratorUrl };
}

function companyOf({ staffSso, secrets: { staffSsoClientSecret } }: Settings, outbound: Outbound) {
  if (!staffSso || staffSsoClientSecret === undefined) return undefined;
  return { provider: { ...staffSso, clientSecret: staffSsoClientSecret }, outbound };
}

async function openSeal(settings: Settings): Promise<Seal> {
  const [key, ...olderKeys] = settings.secrets.keys;
  return createSeal({ key: key ?? (await keepSealingKey(settings.dataDir)), olderKeys });
}

async function applyOrThrow(
  writer: ConfigurationWriter,
  { configurationFile, settings: { readEnvironment }, clock }: Wiring,
): Promise<void> {
  if (!configurationFile) return;
  const result = await applyFile({ writer, clock }, { ...configurationFile, readEnvironment });
  if (!('faults' in result)) return;
  const { length } = result.faults;
  const message = `${configurationFile.fileName} has ${length === 1 ? 'a fault' : `${length} faults`}; nothing was changed.`;
  throw new Fault('invalid_configuration', 422, message, { detail: result.faults.join('\n') });
}

async function listen(
  http: ReturnType<typeof createHttp>,
  host: string,
  port: number,
): Promise<void> {
  try {
    await http.listen({ host, port });
  } catch (cause) {
    const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (!inUse) throw cause;
    const message = `Port ${port} of ${host} is in use. Stop what listens there, or set COUNTERSIGN_PORT.`;
    throw new Fault('port_in_use', 500, message, { cause });
  }
}

/** Port 0 means any; the public URL has to be known before routes are added. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'object' && address) return address.port;
  throw new Fault('no_port', 500, 'The system gave no free port.');
}

/** Runs `work` again and again, never twice at once. `stop` waits for the round under way. */
function every(ms: number, work: () => Promise<void>, { log }: Telemetry) {
  let round: Promise<void> = Promise.resolve();
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    round = work()
      .catch((cause: unknown) => log.warn({ err: cause }, 'a sweep failed'))
      .finally(() => {
        running = false;
      });
  }, ms);
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}

async function closeAll(closing: (() => Promise<unknown>)[], { log }: Telemetry): Promise<void> {
  for (let close = closing.pop(); close; close = closing.pop()) {
    try {
      await close();
    } catch (cause) {
      log.warn({ err: cause }, 'closing a part failed');
    }
  }
}
