import type { Section } from '@countersign/protocol';

export const mayReadAttempts = (roles: readonly string[]): boolean =>
  roles.includes('administrator') || roles.includes('developer');

export const mayTryRouting = (roles: readonly string[]): boolean =>
  supervises(roles) || roles.includes('developer');

export const administers = (roles: readonly string[]): boolean => roles.includes('administrator');

/** Who sees conversations. */
export const servesCustomers = (roles: readonly string[]): boolean =>
  ['agent', 'supervisor', 'administrator'].some((role) => roles.includes(role));

/** Who may hand out the work of others. */
export const supervises = (roles: readonly string[]): boolean =>
  roles.includes('supervisor') || roles.includes('administrator');

/** Besides administrators, who read and write everything. */
const readers: Partial<Record<string, readonly Section[]>> = {
  developer: [
    'authenticationSettings',
    'messengerConfigurations',
    'deployments',
    'operatingHours',
    'workstreams',
  ],
  supervisor: ['queues', 'operatingHours', 'workstreams', 'quickReplies', 'richMessages', 'users'],
};
const writers: Partial<Record<string, readonly Section[]>> = {
  developer: ['deployments'],
  supervisor: ['quickReplies'],
};

/** Who may look at the objects of a section. */
export const mayRead = (roles: readonly string[], section: Section): boolean =>
  administers(roles) || roles.some((role) => readers[role]?.includes(section));

/** Who may create, change and delete them. */
export const mayWrite = (roles: readonly string[], section: Section): boolean =>
  administers(roles) || roles.some((role) => writers[role]?.includes(section));

/** Who may read stored secrets. */
export const mayReadSecrets = (roles: readonly string[]): boolean => roles.includes('secrets');

/** Who has a place in the administration at all. */
export const hasAdministration = (roles: readonly string[]): boolean =>
  supervises(roles) || mayReadAttempts(roles);
