export const mayReadAttempts = (roles: readonly string[]): boolean =>
  roles.includes('administrator') || roles.includes('developer');

/** Who sees conversations. */
export const servesCustomers = (roles: readonly string[]): boolean =>
  ['agent', 'supervisor', 'administrator'].some((role) => roles.includes(role));
