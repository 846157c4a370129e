import type { OpenIdConnectSetting, SignedTokenSetting } from '../identity/index.ts';

/**
 * The business's objects as every other module reads them: resolved (an object holds the objects it
 * refers to), secrets opened, immutable. Changed only through administration.
 */
export type AuthenticationSetting =
  | OpenIdConnectSetting
  | (SignedTokenSetting & { owner?: string; clientFunction: string });

export interface Queue {
  id: string;
  name: string;
  /** Lower goes first. */
  priority: number;
  assignment: 'highest-capacity' | 'round-robin' | 'longest-idle';
  /** Ids of users. */
  members: string[];
}

export interface VariableDefinition {
  name: string;
  type: 'text' | 'number';
}

/** A condition of a route-to-queue rule: exactly one of the forms of spec/configuration-file.md. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { authenticated: boolean }
  | ({ variable: string; signed?: boolean } & (
      | { is: string | number }
      | { atLeast: number }
      | { atMost: number }
    ));

export interface Rule {
  when: Condition;
  queueId: string;
  /** Of the conversation within the queue; lower goes first. */
  priority: number;
}

export interface Workstream {
  id: string;
  name: string;
  channel: 'web' | 'apple';
  distribution: 'push' | 'pick';
  /** Units one conversation takes of an agent's capacity. */
  capacity: number;
  /** Seconds. */
  offerTimeout: number;
  contextVariables: VariableDefinition[];
  routeToQueue: Rule[];
  fallbackQueueId: string;
}

export interface MessengerConfiguration {
  id: string;
  name: string;
  /** Counts published versions from 1. */
  version: number;
  authentication: { enabled: boolean; settingId: string | null; allowSessionUpgrade: boolean };
  languages: string[];
  conversations: {
    disconnect: 'Off' | 'Send' | 'ReadOnly';
    clear: boolean;
    typing: boolean;
    /** Seconds without a message until a session ends. */
    sessionDuration: number;
  };
  appearance: {
    primaryColor: string;
    launcher: 'On' | 'Off' | 'OnDemand';
    position: 'Auto' | 'Left' | 'Right';
  };
}

export interface Deployment {
  id: string;
  name: string;
  status: 'Active' | 'Inactive';
  allowAllDomains: boolean;
  allowedDomains: string[];
  configuration: MessengerConfiguration;
  workstream: Workstream;
  /** Null when the configuration's authentication is off. */
  setting: AuthenticationSetting | null;
}

export type StaffRole = 'agent' | 'supervisor' | 'administrator' | 'developer' | 'secrets';

export interface User {
  id: string;
  email: string;
  name: string;
  nickname: string;
  roles: StaffRole[];
  /** Units. */
  capacity: number;
}

export interface ApiKey {
  id: string;
  name: string;
  roles: StaffRole[];
  /** SHA-256 of the key, hex. */
  hash: string;
}

/** All objects at one version. Maps are keyed by id. */
export interface Snapshot {
  version: number;
  settings: ReadonlyMap<string, AuthenticationSetting>;
  queues: ReadonlyMap<string, Queue>;
  workstreams: ReadonlyMap<string, Workstream>;
  configurations: ReadonlyMap<string, MessengerConfiguration>;
  deployments: ReadonlyMap<string, Deployment>;
  users: ReadonlyMap<string, User>;
  usersByEmail: ReadonlyMap<string, User>;
  apiKeysByHash: ReadonlyMap<string, ApiKey>;
}
