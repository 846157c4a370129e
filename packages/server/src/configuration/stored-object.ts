import type {
  AuthenticationSetting,
  MessengerConfiguration,
  StaffRole,
  User,
  Workstream,
} from './objects.ts';

/** What is stored of each kind, beside id and name: references are ids, secrets open. */
export interface Bodies {
  authenticationSettings: WithoutName<AuthenticationSetting>;
  queues: {
    priority: number;
    assignment: 'highest-capacity' | 'round-robin' | 'longest-idle';
    members: string[];
  };
  workstreams: Omit<Workstream, 'id' | 'name'>;
  messengerConfigurations: Omit<MessengerConfiguration, 'id' | 'name' | 'version'>;
  deployments: {
    configurationId: string;
    workstreamId: string;
    status: 'Active' | 'Inactive';
    allowAllDomains: boolean;
    allowedDomains: string[];
  };
  /** `displayName` since the name of a stored user is the email. */
  users: Omit<User, 'id' | 'email' | 'name'> & { displayName: string; passwordHash?: string };
  apiKeys: { roles: StaffRole[]; hash: string };
}

export type Kind = keyof Bodies;

type WithoutName<T> = T extends unknown ? Omit<T, 'id' | 'name'> : never;

/** An object as it should be; `name` is unique within its kind (users: the email). */
export type Draft = { [K in Kind]: { kind: K; id: string; name: string; body: Bodies[K] } }[Kind];

/** An object as it is. `version` counts its changes from 1. */
export type StoredObject = Draft & { version: number };
