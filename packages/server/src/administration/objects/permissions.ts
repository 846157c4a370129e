import type { Section } from '@countersign/protocol';
import type { StaffRole } from '../../configuration/index.ts';

/**
 * Who may read and change what, beside administrators, who may everything. Reading a secret needs the role
 * `secrets` besides, and so does giving it.
 */
const others: Readonly<
  Record<Section, { read: readonly StaffRole[]; write: readonly StaffRole[] }>
> = {
  authenticationSettings: { read: ['developer'], write: [] },
  operatingHours: { read: ['developer', 'supervisor'], write: [] },
  queues: { read: ['supervisor'], write: [] },
  workstreams: { read: ['developer', 'supervisor'], write: [] },
  richMessages: { read: ['supervisor'], write: [] },
  quickReplies: { read: ['supervisor'], write: ['supervisor'] },
  messengerConfigurations: { read: ['developer'], write: [] },
  deployments: { read: ['developer'], write: ['developer'] },
  appleAccounts: { read: [], write: [] },
  users: { read: ['supervisor'], write: [] },
  apiKeys: { read: [], write: [] },
  webhooks: { read: [], write: [] },
};

export const rolesFor = (section: Section, access: 'read' | 'write'): StaffRole[] => [
  'administrator',
  ...others[section][access],
];
