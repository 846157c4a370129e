export const mayReadAttempts = (roles: readonly string[]): boolean =>
  roles.includes('administrator') || roles.includes('developer');

/** Who sees conversations. */
export const servesCustomers = (roles: readonly string[]): boolean =>
  ['agent', 'supervisor', 'administrator'].some((role) => roles.includes(role));

/** Who may hand out the work of others. */
export const supervises = (roles: readonly string[]): boolean =>
  roles.includes('supervisor') || roles.includes('administrator');
