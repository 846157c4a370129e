import type { Bodies, Draft, StoredObject } from '../../configuration/index.ts';
import { fileCondition } from './file-condition.ts';
import type { Names } from './names.ts';

/** What stands where a secret stands. */
export interface SecretForm {
  secret(value: string, field: string): unknown;
  /** Of a password or a key only the hash is stored: the member that stands for it. */
  hashed(field: 'password' | 'token', hash: string): object;
}

const SEALED = { sealed: true };

export const sealedForm: SecretForm = {
  secret: () => SEALED,
  hashed: (field) => ({ [field]: SEALED }),
};

/** For readers: a hash tells nobody anything. */
export const shownForm: SecretForm = { secret: (value) => value, hashed: sealedForm.hashed };

/** For a file that holds everything. */
export const openForm: SecretForm = {
  secret: (value) => value,
  hashed: (field, hash) => ({ [`${field}Hash`]: hash }),
};

/**
 * An object as the configuration file has it, which is the inverse of `draftsOf`: names for ids, and
 * nothing where the file has nothing.
 */
export function fileObject(object: Draft | StoredObject, names: Names, form: SecretForm): object {
  return withoutNothing(shapeOf(object, names, form));
}

function shapeOf(object: Draft, names: Names, form: SecretForm): object {
  const { name } = object;
  switch (object.kind) {
    case 'authenticationSettings':
      return { name, ...settingOf(object.body, names, form) };
    case 'operatingHours':
      return { name, ...object.body };
    case 'queues':
      return { name, ...queueOf(object.body, names) };
    case 'workstreams':
      return { name, ...workstreamOf(object.body, names) };
    case 'richMessages':
      return { name, ...object.body };
    case 'quickReplies': {
      const { workstreamIds, ...body } = object.body;
      return { ...body, workstreams: workstreamIds.map(names.of) };
    }
    case 'messengerConfigurations':
      return { name, ...configurationOf(object.body, names) };
    case 'deployments':
      return { name, ...deploymentOf(object.body, names) };
    case 'appleAccounts':
      return { name, ...appleAccountOf(object.body, names, form) };
    case 'users':
      return userOf(name, object.body, form);
    case 'apiKeys': {
      const { roles, hash } = object.body;
      return { name, ...form.hashed('token', hash), roles };
    }
    case 'webhooks': {
      const { secret, events } = object.body;
      return { url: name, secret: form.secret(secret, 'secret'), events };
    }
  }
}

function settingOf(
  body: Bodies['authenticationSettings'],
  names: Names,
  { secret }: SecretForm,
): object {
  if (body.type === 'signed-token') return body;
  if (body.type === 'apple-oauth') {
    const { richMessageIds, clientSecret, ...rest } = body;
    return {
      ...rest,
      clientSecret: secret(clientSecret, 'clientSecret'),
      richMessages: richMessageIds.map(names.of),
    };
  }
  const { clientSecret, privateKey, ...rest } = body;
  return {
    ...rest,
    ...(clientSecret && { clientSecret: secret(clientSecret, 'clientSecret') }),
    ...(privateKey && { privateKey: secret(privateKey, 'privateKey') }),
  };
}

function queueOf(body: Bodies['queues'], names: Names): object {
  const { members, operatingHoursId, overflow, ...rest } = body;
  const limits = Object.entries(overflow ?? {}).flatMap(([when, limit]) => {
    if (!limit) return [];
    const { queueId, ...others } = { queueId: undefined, ...limit };
    return [[when, { ...others, queue: nameOrNothing(queueId, names) }]];
  });
  return {
    ...rest,
    operatingHours: nameOrNothing(operatingHoursId, names),
    overflow: limits.length > 0 ? Object.fromEntries(limits) : null,
    members: members.map(names.of),
  };
}

function workstreamOf(body: Bodies['workstreams'], names: Names): object {
  const { classification = [], routeToQueue, fallbackQueueId, ...rest } = body;
  return {
    ...rest,
    classification: classification.map(({ rules, ...ruleset }) => ({
      ...ruleset,
      rules: rules.map((rule) => ({ ...rule, when: fileCondition(rule.when, names) })),
    })),
    routeToQueue: routeToQueue.map(({ when, queues, priority }) => ({
      when: fileCondition(when, names),
      ...queuesOf(queues, names),
      priority,
    })),
    fallbackQueue: names.of(fallbackQueueId),
  };
}

type Parts = Bodies['workstreams']['routeToQueue'][number]['queues'];

function queuesOf(queues: Parts, names: Names): object {
  const [only] = queues;
  if (queues.length === 1 && only) return { queue: names.of(only.queueId) };
  return {
    allocate: queues.map(({ queueId, percent }) => ({ queue: names.of(queueId), percent })),
  };
}

function configurationOf(body: Bodies['messengerConfigurations'], names: Names): object {
  const { authentication, preChatSurvey = [], ...rest } = body;
  const { settingId, ...others } = authentication;
  return {
    authentication: { ...others, setting: nameOrNothing(settingId, names) },
    ...rest,
    preChatSurvey: preChatSurvey.length > 0 ? { questions: preChatSurvey.map(questionOf) } : null,
  };
}

const questionOf = ({
  options,
  ...question
}: Bodies['messengerConfigurations']['preChatSurvey'][number]): object => ({
  ...question,
  options: options.length > 0 ? options : null,
});

function deploymentOf(body: Bodies['deployments'], names: Names): object {
  const { configurationId, workstreamId, operatingHoursId, ...rest } = body;
  return {
    configuration: names.of(configurationId),
    workstream: names.of(workstreamId),
    ...rest,
    operatingHours: nameOrNothing(operatingHoursId, names),
  };
}

function appleAccountOf(
  body: Bodies['appleAccounts'],
  names: Names,
  { secret }: SecretForm,
): object {
  const { mspSecrets, workstreamId, authentication, ...rest } = body;
  const { enabled, settingId } = authentication;
  const secrets = mspSecrets.map((value, place) => secret(value, `mspSecret${place || ''}`));
  return {
    ...rest,
    mspSecret: secrets.length === 1 ? secrets[0] : secrets,
    workstream: names.of(workstreamId),
    authentication: { enabled, setting: nameOrNothing(settingId, names) },
  };
}

function userOf(email: string, body: Bodies['users'], form: SecretForm): object {
  const { displayName, nickname, roles, capacity, passwordHash } = body;
  return {
    email,
    name: displayName,
    nickname,
    roles,
    capacity,
    ...(passwordHash && form.hashed('password', passwordHash)),
  };
}

const nameOrNothing = (id: string | null | undefined, names: Names): string | null =>
  id ? names.of(id) : null;

/** Members that are null or undefined are left out, at every depth: the file leaves them out too. */
function withoutNothing<T>(value: T): T;
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === null || inner === undefined ? [] : [[key, withoutNothing(inner)]],
    ),
  );
}
