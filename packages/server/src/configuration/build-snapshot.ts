import type {
  ApiKey,
  AuthenticationSetting,
  Deployment,
  MessengerConfiguration,
  Queue,
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
  const deployments = of(objects, 'deployments').map((deployment) =>
    toDeployment(deployment, { settings, workstreams, configurations }),
  );
  const keys = of(objects, 'apiKeys').map(toApiKey);
  return Object.freeze({
    version,
    settings,
    workstreams,
    configurations,
    queues: byId(of(objects, 'queues').map(toQueue)),
    deployments: byId(deployments),
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

const toSetting = ({ id, name, body }: Stored<'authenticationSettings'>): AuthenticationSetting =>
  body.type === 'openid-connect'
    ? { ...OPENID_CONNECT_DEFAULTS, ...body, id, name }
    : { ...SIGNED_TOKEN_DEFAULTS, ...body, id, name };

/** For settings that were stored before these keys existed. */
const SIGNED_TOKEN_DEFAULTS = { singleUse: false, reproof: 'session' } as const;
const OPENID_CONNECT_DEFAULTS = {
  clientAuthentication: 'auto',
  privateKey: null,
  privateKeyId: null,
  providerHosts: [],
  userInfo: false,
  reproof: 'session',
} as const;

const toQueue = ({ id, name, body }: Stored<'queues'>): Queue => ({ id, name, ...body });

const toWorkstream = ({ id, name, body }: Stored<'workstreams'>): Workstream => ({
  id,
  name,
  ...body,
});

const toConfiguration = ({
  id,
  name,
  version,
  body,
}: Stored<'messengerConfigurations'>): MessengerConfiguration => ({ id, name, version, ...body });

function toUser({ id, name: email, body }: Stored<'users'>): User {
  const { displayName, nickname, roles, capacity } = body;
  return { id, email, name: displayName, nickname, roles, capacity };
}

const toApiKey = ({ id, name, body }: Stored<'apiKeys'>): ApiKey => ({ id, name, ...body });

function toDeployment(
  { id, name, body }: Stored<'deployments'>,
  parts: Pick<Snapshot, 'settings' | 'workstreams' | 'configurations'>,
): Deployment {
  const { configurationId, workstreamId, ...rest } = body;
  const configuration = referred(parts.configurations, configurationId);
  const { enabled, settingId } = configuration.authentication;
  return {
    ...rest,
    id,
    name,
    configuration,
    workstream: referred(parts.workstreams, workstreamId),
    setting: enabled && settingId !== null ? referred(parts.settings, settingId) : null,
  };
}

/** What is referred to was there when it was written, and nothing is ever deleted under it. */
function referred<T>(objects: ReadonlyMap<string, T>, id: string): T {
  const object = objects.get(id);
  if (object === undefined)
    throw new Error(`the configuration refers to ${id}, which is not stored`);
  return object;
}
