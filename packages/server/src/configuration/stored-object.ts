import type { Actor, AuditEntry } from '@countersign/protocol';
import type {
  AppleAccount,
  AuthenticationSetting,
  MessengerConfiguration,
  OperatingHours,
  Queue,
  QuickReply,
  RichMessage,
  StaffRole,
  User,
  Webhook,
  Workstream,
} from './objects.ts';

/** What is stored of each kind, beside id and name: references are ids, secrets open. */
export interface Bodies {
  authenticationSettings: WithoutName<AuthenticationSetting>;
  operatingHours: Omit<OperatingHours, 'id' | 'name'>;
  queues: Omit<Queue, 'id' | 'name'>;
  workstreams: Omit<Workstream, 'id' | 'name'>;
  messengerConfigurations: Omit<MessengerConfiguration, 'id' | 'name' | 'version'>;
  deployments: {
    description?: string;
    configurationId: string;
    workstreamId: string;
    status: 'Active' | 'Inactive';
    allowAllDomains: boolean;
    allowedDomains: string[];
    operatingHoursId: string | null;
  };
  appleAccounts: Omit<AppleAccount, 'id' | 'name' | 'workstream' | 'setting'> & {
    workstreamId: string;
    authentication: { enabled: boolean; settingId: string | null };
  };
  richMessages: WithoutName<RichMessage>;
  /** The name is the title with the locale, as in `Greeting (en)`. */
  quickReplies: Omit<QuickReply, 'id'>;
  /** The name is the URL. */
  webhooks: Omit<Webhook, 'id' | 'url'>;
  /** `displayName` since the name of a stored user is the email. */
  users: Omit<User, 'id' | 'email' | 'name'> & { displayName: string; passwordHash?: string };
  apiKeys: { roles: StaffRole[]; hash: string };
}

export type Kind = keyof Bodies;

type WithoutName<T> = T extends unknown ? Omit<T, 'id' | 'name'> : never;

/** An object as it should be; `name` is unique within its kind (users: the email). */
export type Draft = { [K in Kind]: { kind: K; id: string; name: string; body: Bodies[K] } }[Kind];

/** An object as it is. */
export type StoredObject = Draft & {
  /** Counts its changes from 1. */
  version: number;
  updatedAt: Date;
  /** Null: before that was kept. */
  updatedBy: Actor | null;
  /** By which door it came: what a file made, a file may take away. */
  createdVia: AuditEntry['via'];
};

export interface ObjectKey {
  kind: Kind;
  id: string;
}

/** A messenger configuration as somebody is changing it. `version` counts how often it was saved. */
export interface UnpublishedConfiguration {
  id: string;
  name: string;
  body: Bodies['messengerConfigurations'];
  version: number;
  updatedAt: Date;
  updatedBy: Actor;
}

/** A messenger configuration as it was published once. */
export interface PublishedConfiguration {
  version: number;
  name: string;
  body: Bodies['messengerConfigurations'];
  publishedAt: Date;
  publishedBy: Actor | null;
}
