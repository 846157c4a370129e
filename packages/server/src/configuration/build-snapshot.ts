import type {
  ApiKey,
  AppleAccount,
  AuthenticationSetting,
  Deployment,
  MessengerConfiguration,
  Queue,
  RichMessage,
  Snapshot,
  User,
  Workstream,
} from './objects.ts';
import type { Kind, StoredObject } from './stored-object.ts';

type Stored<K extends Kind> = Extract<StoredObject, { kind: K }>;

/** Resolves stored objects (secrets open) into what other modules read. */
export function buildSnapshot(version: number, objects: readonly StoredObject[]): Snapshot {
  const settings = byId(of(objects, 'authenticationSettings').map(toSetting));
  const workstreams = byId(of(objects, 'workstreams').map(toWorkstream));
  const configurations = byId(of(objects, 'messengerConfigurations').map(toConfiguration));
  const users = of(objects, 'users').map(toUser);
  const operatingHours = byId(of(objects, 'operatingHours').map(named));
  const deployments = of(objects, 'deployments').map((deployment) =>
    toDeployment(deployment, { settings, workstreams, configurations, operatingHours }),
  );
  const accounts = of(objects, 'appleAccounts').map((account) =>
    toAppleAccount(account, { settings, workstreams }),
  );
  const keys = of(objects, 'apiKeys').map(toApiKey);
  return Object.freeze({
    version,
    settings,
    workstreams,
    configurations,
    operatingHours,
    quickReplies: byId(of(objects, 'quickReplies').map(({ id, body }) => ({ ...body, id }))),
    webhooks: byId(
      of(objects, 'webhooks').map(({ id, name: url, body }) => ({ ...body, id, url })),
    ),
    queues: byId(of(objects, 'queues').map(toQueue)),
    deployments: byId(deployments),
    appleAccounts: byId(accounts),
    richMessages: byId(of(objects, 'richMessages').map(toRichMessage)),
    users: byId(users),
    usersByEmail: new Map(users.map((user) => [user.email, user])),
    apiKeysByHash: new Map(keys.map((key) => [key.hash, key])),
  });
}

function of<K extends Kind>(objects: readonly StoredObject[], kind: K): Stored<K>[] {
  const isOfKind = (object: StoredObject): object is Stored<K> => object.kind === kind;
  return objects.filter(isOfKind);
}

const byId = <T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, Object.freeze(item)]));

function toSetting({ id, name, body }: Stored<'authenticationSettings'>): AuthenticationSetting {
  if (body.type === 'apple-oauth') return { ...body, id, name };
  return body.type === 'openid-connect'
    ? { ...OPENID_CONNECT_DEFAULTS, ...body, id, name }
    : { ...SIGNED_TOKEN_DEFAULTS, ...body, id, name };
}

/** For settings that were stored before these keys existed. */
const SIGNED_TOKEN_DEFAULTS = {
  singleUse: false,
  reproof: 'session',
  enforcement: 'enforced',
} as const;
const OPENID_CONNECT_DEFAULTS = {
  clientAuthentication: 'auto',
  privateKey: null,
  privateKeyId: null,
  providerHosts: [],
  userInfo: false,
  reproof: 'session',
  enforcement: 'enforced',
} as const;

const named = <B extends object>({ id, name, body }: { id: string; name: string; body: B }) => ({
  ...body,
  id,
  name,
});

/** For queues, workstreams, configurations and deployments that were stored before these keys existed. */
const QUEUE_DEFAULTS = {
  operatingHoursId: null,
  overflow: { outsideHours: null, length: null, waitingTime: null },
};
const WORKSTREAM_DEFAULTS = {
  classification: [],
  declines: 3,
  wrapUp: 0,
  keepSameAgent: false,
  automatedMessages: [],
};
const CONFIGURATION_DEFAULTS = {
  attachments: { enabled: false, fileTypes: [], maxFileSizeKB: 10_240 },
  preChatSurvey: [],
  rating: { enabled: false, text: null },
};
const DEPLOYMENT_DEFAULTS = { operatingHoursId: null };

const toQueue = (stored: Stored<'queues'>): Queue => ({ ...QUEUE_DEFAULTS, ...named(stored) });

const toWorkstream = (stored: Stored<'workstreams'>): Workstream => ({
  ...WORKSTREAM_DEFAULTS,
  ...named(stored),
});

const toConfiguration = (stored: Stored<'messengerConfigurations'>): MessengerConfiguration => ({
  ...CONFIGURATION_DEFAULTS,
  ...named(stored),
  version: stored.version,
});

function toUser({ id, name: email, body }: Stored<'users'>): User {
  const { displayName, nickname, roles, capacity } = body;
  return { id, email, name: displayName, nickname, roles, capacity };
}

const toApiKey = ({ id, name, body }: Stored<'apiKeys'>): ApiKey => ({ id, name, ...body });

function toDeployment(
  { id, name, body }: Stored<'deployments'>,
  parts: Pick<Snapshot, 'settings' | 'workstreams' | 'configurations' | 'operatingHours'>,
): Deployment {
  const { configurationId, workstreamId, operatingHoursId, ...rest } = {
    ...DEPLOYMENT_DEFAULTS,
    ...body,
  };
  const configuration = referred(parts.configurations, configurationId);
  const { enabled, settingId } = configuration.authentication;
  return {
    ...rest,
    id,
    name,
    configuration,
    workstream: referred(parts.workstreams, workstreamId),
    operatingHours:
      operatingHoursId === null ? null : referred(parts.operatingHours, operatingHoursId),
    setting: webSetting(enabled && settingId !== null ? referred(parts.settings, settingId) : null),
  };
}

/** The checks of a file see what is in it; a setting that was stored before may be of another channel. */
const webSetting = (setting: AuthenticationSetting | null) =>
  setting?.type === 'apple-oauth' ? null : setting;

function toAppleAccount(
  { id, name, body }: Stored<'appleAccounts'>,
  { settings, workstreams }: Pick<Snapshot, 'settings' | 'workstreams'>,
): AppleAccount {
  const { workstreamId, authentication, ...rest } = body;
  const { enabled, settingId } = authentication;
  const setting = enabled && settingId !== null ? referred(settings, settingId) : null;
  return {
    ...rest,
    id,
    name,
    workstream: referred(workstreams, workstreamId),
    setting: setting?.type === 'apple-oauth' ? setting : null,
  };
}

const toRichMessage = ({ id, name, body }: Stored<'richMessages'>): RichMessage => ({
  ...body,
  id,
  name,
});

/** What is referred to was there when it was written, and nothing is ever deleted under it. */
function referred<T>(objects: ReadonlyMap<string, T>, id: string): T {
  const object = objects.get(id);
  if (object === undefined)
    throw new Error(`the configuration refers to ${id}, which is not stored`);
  return object;
}
