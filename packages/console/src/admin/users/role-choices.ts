import { adminWords } from '../../strings/admin/admin-words.ts';

const { users: w } = adminWords;

const roles = ['agent', 'supervisor', 'administrator', 'developer', 'secrets'] as const;

/** Every role, with what it lets one do. */
export const roleChoices = roles.map((value) => ({
  value,
  label: w.roleNames[value],
  description: w.roleHints[value],
}));
