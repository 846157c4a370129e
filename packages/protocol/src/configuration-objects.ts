import { type Static, Type } from 'typebox';
import { configurationFile } from './configuration-file.ts';

/**
 * The business's objects over HTTP. Each has the very shape it has in the configuration file, so that
 * screens and file cannot disagree; only a stored secret is shown as `{ sealed: true }`, and sending that
 * back keeps it.
 */
export const Sealed = Type.Object(
  { sealed: Type.Literal(true) },
  { additionalProperties: false, description: 'a secret that is stored and not shown' },
);
export type Sealed = Static<typeof Sealed>;

const shown = configurationFile(
  Type.Union([Type.String({ minLength: 1, maxLength: 4096 }), Sealed]),
);

/** By section: what a section of the file holds, as the console reads and writes it. */
export type ShownConfiguration = Static<typeof shown>;
export type Section = keyof ShownConfiguration;
export type ShownObject<S extends Section> = ShownConfiguration[S][number];

export const sections = [
  'authenticationSettings',
  'operatingHours',
  'queues',
  'workstreams',
  'richMessages',
  'quickReplies',
  'messengerConfigurations',
  'deployments',
  'appleAccounts',
  'users',
  'apiKeys',
  'webhooks',
] as const satisfies readonly Section[];
export const Section = Type.Enum([...sections]);

const Time = Type.String({ description: 'ISO 8601, UTC, milliseconds' });

/** Who did it: a person, a program, or a file that was applied where the node runs. */
export const Actor = Type.Object({
  kind: Type.Enum(['user', 'api-key', 'node']),
  id: Type.Optional(Type.String()),
  name: Type.String(),
});
export type Actor = Static<typeof Actor>;

export const ObjectReference = Type.Object({
  section: Section,
  id: Type.String(),
  name: Type.String(),
});
export type ObjectReference = Static<typeof ObjectReference>;

/** Of a messenger configuration: what has been changed and not yet published. */
export const ConfigurationDraft = Type.Object({
  object: Type.Unknown({ description: 'a messenger configuration' }),
  version: Type.Integer({ description: 'counts how often the draft was saved, from 1' }),
  updatedAt: Time,
  updatedBy: Type.Union([Actor, Type.Null()]),
});
export type ConfigurationDraft = Static<typeof ConfigurationDraft>;

/** One object. `version` counts its changes from 1: whoever changes it names the one they saw. */
export const ConfigurationEntry = Type.Object({
  id: Type.String(),
  section: Section,
  name: Type.String({
    description: 'users: the email; quick replies: title and locale; webhooks: the URL',
  }),
  version: Type.Integer({ description: '0: a messenger configuration that was never published' }),
  updatedAt: Time,
  updatedBy: Type.Union([Actor, Type.Null()]),
  object: Type.Unknown({
    description: 'as in the section of the configuration file; secrets are { sealed: true }',
  }),
  usedBy: Type.Array(ObjectReference, { description: 'at most 20' }),
  usedByCount: Type.Integer(),
  draft: Type.Optional(ConfigurationDraft),
});
export type ConfigurationEntry = Static<typeof ConfigurationEntry>;

/** The same, its object known by its section. */
export type EntryOf<S extends Section> = Omit<
  ConfigurationEntry,
  'object' | 'section' | 'draft'
> & {
  section: S;
  object: ShownObject<S>;
  draft?: Omit<ConfigurationDraft, 'object'> & { object: ShownObject<S> };
};

/** By name. In lists pictures of rich messages are left out. */
export const ConfigurationEntries = Type.Object({
  items: Type.Array(ConfigurationEntry),
  next: Type.Optional(Type.String()),
  total: Type.Integer({ description: 'of the section, whatever is searched for' }),
});
export type ConfigurationEntries = Static<typeof ConfigurationEntries>;

/** A fault of one object: `path` within it, such as `routeToQueue[0].queue`; empty: the whole. */
export const ObjectFault = Type.Object({ path: Type.String(), message: Type.String() });
export type ObjectFault = Static<typeof ObjectFault>;

/** What deleting it, or switching it off, does to people. */
export const ObjectEffects = Type.Object({
  usedBy: Type.Array(ObjectReference),
  usedByCount: Type.Integer(),
  liveSessions: Type.Integer({ description: 'that would be signed out or ended' }),
  openConversations: Type.Integer({
    description: 'that hang on it: deleting is refused while there are',
  }),
});
export type ObjectEffects = Static<typeof ObjectEffects>;

export const PublishedVersion = Type.Object({
  version: Type.Integer(),
  publishedAt: Time,
  publishedBy: Type.Union([Actor, Type.Null()]),
  object: Type.Unknown({ description: 'a messenger configuration' }),
});
export type PublishedVersion = Static<typeof PublishedVersion>;

export const AuditAction = Type.Enum([
  'created',
  'updated',
  'deleted',
  'published',
  'draft-saved',
  'draft-discarded',
  'secret-read',
  'exported',
  'signed-in',
  'invited',
  'sessions-ended',
]);
export type AuditAction = Static<typeof AuditAction>;

/** Who changed what. Secrets are `{ sealed: true }`, and `{ sealed: true, changed: true }` where another came. */
export const AuditEntry = Type.Object({
  id: Type.String(),
  at: Time,
  actor: Actor,
  action: AuditAction,
  via: Type.Enum(['console', 'api', 'file', 'genesys']),
  section: Type.Union([Section, Type.Null()]),
  objectId: Type.Union([Type.String(), Type.Null()]),
  objectName: Type.Union([Type.String(), Type.Null()]),
  before: Type.Unknown({ description: 'null: it was not there' }),
  after: Type.Unknown({ description: 'null: it is not there any more' }),
});
export type AuditEntry = Static<typeof AuditEntry>;
