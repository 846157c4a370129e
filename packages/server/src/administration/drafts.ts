import { createHash } from 'node:crypto';
import type { OpenedConfigurationFile } from '@countersign/protocol';
import type { Condition, Draft, Kind, StoredObject } from '../configuration/index.ts';

type File = OpenedConfigurationFile;
type FileSetting = File['authenticationSettings'][number];
type FileRule = File['workstreams'][number]['routeToQueue'][number];
type FileCondition = FileRule['when'];

/** The id of an object of the file or of the store, by the name it has once the file is applied. */
type IdOf = (kind: Kind, name: string) => string;

/** The key of a program as it is stored: SHA-256, hex. Keys are random, so a fast hash will do. */
export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/**
 * Turns a file without faults into the objects to write: names become ids, which are the given one,
 * that of the stored object with the name, or new. Passwords are not in them: see `passwords.ts`.
 */
export function draftsOf(
  file: File,
  stored: readonly StoredObject[],
  newId: () => string,
): Draft[] {
  const idOf = identify(file, stored, newId);
  return [
    ...file.authenticationSettings.flatMap((setting) => settingDraft(setting, idOf)),
    ...file.users.map((user) => userDraft(user, idOf)),
    ...file.queues.map((queue) => queueDraft(queue, idOf)),
    ...file.workstreams.map((workstream) => workstreamDraft(workstream, idOf)),
    ...file.messengerConfigurations.map((item) => configurationDraft(item, idOf)),
    ...file.deployments.map((deployment) => deploymentDraft(deployment, idOf)),
    ...file.apiKeys.map((key) => apiKeyDraft(key, idOf)),
  ];
}

function identify(file: File, stored: readonly StoredObject[], newId: () => string): IdOf {
  const ids = new Map<string, string>(stored.map(({ kind, name, id }) => [`${kind}/${name}`, id]));
  const take = (kind: Kind, name: string, id: string | undefined): void => {
    const key = `${kind}/${name}`;
    ids.set(key, id ?? ids.get(key) ?? newId());
  };
  for (const { name, id } of file.authenticationSettings) take('authenticationSettings', name, id);
  for (const { email, id } of file.users) take('users', email.toLowerCase(), id);
  for (const { name, id } of file.queues) take('queues', name, id);
  for (const { name, id } of file.workstreams) take('workstreams', name, id);
  for (const { name, id } of file.messengerConfigurations)
    take('messengerConfigurations', name, id);
  for (const { name, id } of file.deployments) take('deployments', name, id);
  for (const { name, id } of file.apiKeys) take('apiKeys', name, id);
  return (kind, name) => {
    const id = ids.get(`${kind}/${name}`);
    if (id === undefined) throw new Error(`a reference to ${kind} passed the checks unresolved`);
    return id;
  };
}

function settingDraft(setting: FileSetting, idOf: IdOf): Draft[] {
  // Refused before, as not yet supported
  if (setting.type === 'apple-oauth') return [];
  const { id: _, name, ...rest } = setting;
  const base = {
    kind: 'authenticationSettings',
    id: idOf('authenticationSettings', name),
    name,
  } as const;
  if (rest.type === 'signed-token') return [{ ...base, body: rest }];
  const { clientSecret = null, privateKey = null, privateKeyId = null } = rest;
  return [{ ...base, body: { ...rest, clientSecret, privateKey, privateKeyId } }];
}

function userDraft(
  { email, name, nickname, roles, capacity }: File['users'][number],
  idOf: IdOf,
): Draft {
  const address = email.toLowerCase();
  const body = { displayName: name, nickname: nickname ?? name, roles: [...roles], capacity };
  return { kind: 'users', id: idOf('users', address), name: address, body };
}

function queueDraft(
  { name, priority, assignment, members }: File['queues'][number],
  idOf: IdOf,
): Draft {
  const ids = members.map((email) => idOf('users', email.toLowerCase()));
  const body = { priority, assignment, members: [...new Set(ids)] };
  return { kind: 'queues', id: idOf('queues', name), name, body };
}

function workstreamDraft(workstream: File['workstreams'][number], idOf: IdOf): Draft {
  const { id: _, name, routeToQueue, fallbackQueue, ...rest } = workstream;
  const rules = routeToQueue.map(({ when, queue, priority }) => ({
    when: toCondition(when),
    queueId: idOf('queues', queue),
    priority,
  }));
  const body = { ...rest, routeToQueue: rules, fallbackQueueId: idOf('queues', fallbackQueue) };
  return { kind: 'workstreams', id: idOf('workstreams', name), name, body };
}

function toCondition(condition: FileCondition): Condition {
  if ('all' in condition) return { all: condition.all.map(toCondition) };
  if ('any' in condition) return { any: condition.any.map(toCondition) };
  if ('authenticated' in condition) return { authenticated: condition.authenticated };
  const { variable, signed, is, atLeast, atMost } = condition;
  const base = { variable, ...(signed === undefined ? {} : { signed }) };
  if (is !== undefined) return { ...base, is };
  if (atLeast !== undefined) return { ...base, atLeast };
  if (atMost !== undefined) return { ...base, atMost };
  throw new Error('a condition without an operator passed the checks');
}

function configurationDraft(item: File['messengerConfigurations'][number], idOf: IdOf): Draft {
  const { name, authentication, languages, conversations, appearance } = item;
  const { enabled, allowSessionUpgrade, setting } = authentication;
  const settingId = setting === undefined ? null : idOf('authenticationSettings', setting);
  const body = {
    authentication: { enabled, settingId, allowSessionUpgrade },
    languages,
    conversations,
    appearance,
  };
  return { kind: 'messengerConfigurations', id: idOf('messengerConfigurations', name), name, body };
}

function deploymentDraft(deployment: File['deployments'][number], idOf: IdOf): Draft {
  const { name, configuration, workstream, status, allowAllDomains, allowedDomains } = deployment;
  const body = {
    configurationId: idOf('messengerConfigurations', configuration),
    workstreamId: idOf('workstreams', workstream),
    status,
    allowAllDomains,
    allowedDomains: allowedDomains.map((domain) => domain.toLowerCase()),
  };
  return { kind: 'deployments', id: idOf('deployments', name), name, body };
}

function apiKeyDraft({ name, token, roles }: File['apiKeys'][number], idOf: IdOf): Draft {
  const body = { roles: [...roles], hash: hashApiKey(token) };
  return { kind: 'apiKeys', id: idOf('apiKeys', name), name, body };
}
