import { createHash } from 'node:crypto';
import type { OpenedConfigurationFile } from '@countersign/protocol';
import type {
  Condition,
  Draft,
  Kind,
  Operator,
  Overflow,
  OverflowAction,
  StoredObject,
} from '../configuration/index.ts';

import { appleAccountDraft, appleSettingBody, richMessageDraft } from './apple-drafts.ts';

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
    ...file.authenticationSettings.map((setting) => settingDraft(setting, idOf)),
    ...file.users.map((user) => userDraft(user, idOf)),
    ...file.operatingHours.map((hours) => hoursDraft(hours, idOf)),
    ...file.queues.map((queue) => queueDraft(queue, idOf)),
    ...file.workstreams.map((workstream) => workstreamDraft(workstream, idOf)),
    ...file.messengerConfigurations.map((item) => configurationDraft(item, idOf)),
    ...file.deployments.map((deployment) => deploymentDraft(deployment, idOf)),
    ...file.apiKeys.map((key) => apiKeyDraft(key, idOf)),
    ...file.appleAccounts.map((account) => appleAccountDraft(account, idOf)),
    ...file.richMessages.map((message) => richMessageDraft(message, idOf)),
    ...file.quickReplies.map((reply) => quickReplyDraft(reply, idOf)),
    ...file.webhooks.map((webhook) => webhookDraft(webhook, idOf)),
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
  for (const { name, id } of file.operatingHours) take('operatingHours', name, id);
  for (const { name, id } of file.queues) take('queues', name, id);
  for (const { name, id } of file.workstreams) take('workstreams', name, id);
  for (const { name, id } of file.messengerConfigurations)
    take('messengerConfigurations', name, id);
  for (const { name, id } of file.deployments) take('deployments', name, id);
  for (const { name, id } of file.appleAccounts) take('appleAccounts', name, id);
  for (const { name, id } of file.richMessages) take('richMessages', name, id);
  for (const { name, id } of file.apiKeys) take('apiKeys', name, id);
  for (const reply of file.quickReplies) take('quickReplies', quickReplyName(reply), reply.id);
  for (const { url, id } of file.webhooks) take('webhooks', url, id);
  return (kind, name) => {
    const id = ids.get(`${kind}/${name}`);
    if (id === undefined) throw new Error(`a reference to ${kind} passed the checks unresolved`);
    return id;
  };
}

function settingDraft(setting: FileSetting, idOf: IdOf): Draft {
  const { id: _, name, ...rest } = setting;
  const base = {
    kind: 'authenticationSettings',
    id: idOf('authenticationSettings', name),
    name,
  } as const;
  if (rest.type === 'signed-token') return { ...base, body: rest };
  if (rest.type === 'apple-oauth') return { ...base, body: appleSettingBody(rest, idOf) };
  const { clientSecret = null, privateKey = null, privateKeyId = null } = rest;
  return { ...base, body: { ...rest, clientSecret, privateKey, privateKeyId } };
}

function userDraft(user: File['users'][number], idOf: IdOf): Draft {
  const { email, name, nickname = name, roles, capacity, passwordHash } = user;
  const address = email.toLowerCase();
  const hash = passwordHash === undefined ? {} : { passwordHash };
  const body = { displayName: name, nickname, roles: [...roles], capacity, ...hash };
  return { kind: 'users', id: idOf('users', address), name: address, body };
}

function hoursDraft({ id: _, name, ...body }: File['operatingHours'][number], idOf: IdOf): Draft {
  return { kind: 'operatingHours', id: idOf('operatingHours', name), name, body };
}

function queueDraft(
  { name, priority, assignment, members, operatingHours, overflow }: File['queues'][number],
  idOf: IdOf,
): Draft {
  const ids = members.map((email) => idOf('users', email.toLowerCase()));
  const body = {
    priority,
    assignment,
    members: [...new Set(ids)],
    operatingHoursId: operatingHours === undefined ? null : idOf('operatingHours', operatingHours),
    overflow: toOverflow(overflow ?? {}, idOf),
  };
  return { kind: 'queues', id: idOf('queues', name), name, body };
}

function toOverflow(
  { outsideHours, length, waitingTime }: NonNullable<File['queues'][number]['overflow']>,
  idOf: IdOf,
): Overflow {
  const action = (given: { action: OverflowAction['action']; queue?: string }): OverflowAction =>
    given.action === 'transfer'
      ? { action: 'transfer', queueId: idOf('queues', given.queue ?? '') }
      : { action: given.action };
  return {
    outsideHours: outsideHours ? action(outsideHours) : null,
    length: length ? { ...action(length), above: length.above } : null,
    waitingTime: waitingTime ? { ...action(waitingTime), above: waitingTime.above } : null,
  };
}

function workstreamDraft(workstream: File['workstreams'][number], idOf: IdOf): Draft {
  const { id: _, name, classification, routeToQueue, fallbackQueue, ...rest } = workstream;
  const rules = routeToQueue.map(({ when, queue, allocate, priority }) => ({
    when: toCondition(when, idOf),
    queues: (allocate ?? [{ queue: queue ?? '', percent: 100 }]).map((part) => ({
      queueId: idOf('queues', part.queue),
      percent: part.percent,
    })),
    priority,
  }));
  const rulesets = classification.map((ruleset) => ({
    name: ruleset.name,
    rules: ruleset.rules.map(({ when, set, priority = null }) => ({
      when: toCondition(when, idOf),
      set,
      priority,
    })),
  }));
  const body = {
    ...rest,
    classification: rulesets,
    routeToQueue: rules,
    fallbackQueueId: idOf('queues', fallbackQueue),
  };
  return { kind: 'workstreams', id: idOf('workstreams', name), name, body };
}

function toCondition(condition: FileCondition, idOf: IdOf): Condition {
  const within = (inner: FileCondition) => toCondition(inner, idOf);
  if ('all' in condition) return { all: condition.all.map(within) };
  if ('any' in condition) return { any: condition.any.map(within) };
  if ('not' in condition) return { not: within(condition.not) };
  if ('setting' in condition)
    return { settingId: idOf('authenticationSettings', condition.setting) };
  if ('deployment' in condition) return { deploymentId: idOf('deployments', condition.deployment) };
  if ('hours' in condition)
    return { hoursId: idOf('operatingHours', condition.hours), open: condition.open ?? true };
  if ('contact' in condition) return { contact: condition.contact, ...toOperator(condition) };
  if (!('variable' in condition)) return condition;
  const { variable, signed } = condition;
  return { variable, ...(signed === undefined ? {} : { signed }), ...toOperator(condition) };
}

type FileOperators = Omit<Extract<FileCondition, { variable: string }>, 'variable' | 'signed'>;

function toOperator(given: FileOperators): Operator {
  if (given.is !== undefined) return { is: given.is };
  if (given.isNot !== undefined) return { isNot: given.isNot };
  if (given.contains !== undefined) return { contains: given.contains };
  if (given.beginsWith !== undefined) return { beginsWith: given.beginsWith };
  if (given.in !== undefined) return { in: given.in };
  if (given.hasValue !== undefined) return { hasValue: given.hasValue };
  if (given.above !== undefined) return { above: given.above };
  if (given.below !== undefined) return { below: given.below };
  if (given.atLeast !== undefined) return { atLeast: given.atLeast };
  if (given.atMost !== undefined) return { atMost: given.atMost };
  if (given.between !== undefined) return { between: given.between };
  throw new Error('a condition without an operator passed the checks');
}

function configurationDraft(item: File['messengerConfigurations'][number], idOf: IdOf): Draft {
  const { name, authentication, languages, conversations, appearance, attachments, rating } = item;
  const { enabled, allowSessionUpgrade, setting } = authentication;
  const settingId = setting === undefined ? null : idOf('authenticationSettings', setting);
  const body = {
    ...described(item),
    authentication: { enabled, settingId, allowSessionUpgrade },
    languages,
    conversations,
    appearance,
    attachments,
    preChatSurvey: (item.preChatSurvey?.questions ?? []).map((question) => ({
      ...question,
      options: question.options ?? [],
      link: question.link ?? null,
    })),
    rating: { enabled: rating.enabled, text: rating.text ?? null },
  };
  return { kind: 'messengerConfigurations', id: idOf('messengerConfigurations', name), name, body };
}

function deploymentDraft(deployment: File['deployments'][number], idOf: IdOf): Draft {
  const { name, configuration, workstream, operatingHours } = deployment;
  const { status, allowAllDomains, allowedDomains } = deployment;
  const body = {
    ...described(deployment),
    configurationId: idOf('messengerConfigurations', configuration),
    workstreamId: idOf('workstreams', workstream),
    status,
    allowAllDomains,
    allowedDomains: allowedDomains.map((domain) => domain.toLowerCase()),
    operatingHoursId: operatingHours === undefined ? null : idOf('operatingHours', operatingHours),
  };
  return { kind: 'deployments', id: idOf('deployments', name), name, body };
}

const described = ({ description }: { description?: string }): { description?: string } =>
  description === undefined ? {} : { description };

function apiKeyDraft(key: File['apiKeys'][number], idOf: IdOf): Draft {
  const { name, token = '', tokenHash, roles } = key;
  const body = { roles: [...roles], hash: tokenHash ?? hashApiKey(token) };
  return { kind: 'apiKeys', id: idOf('apiKeys', name), name, body };
}

const quickReplyName = ({ title, locale }: File['quickReplies'][number]): string =>
  `${title} (${locale})`;

function quickReplyDraft(reply: File['quickReplies'][number], idOf: IdOf): Draft {
  const { id: _, workstreams, ...rest } = reply;
  const name = quickReplyName(reply);
  const body = { ...rest, workstreamIds: workstreams.map((item) => idOf('workstreams', item)) };
  return { kind: 'quickReplies', id: idOf('quickReplies', name), name, body };
}

function webhookDraft({ url, secret, events }: File['webhooks'][number], idOf: IdOf): Draft {
  return { kind: 'webhooks', id: idOf('webhooks', url), name: url, body: { secret, events } };
}
