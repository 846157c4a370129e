import { entriesKey } from '../object/use-entry.ts';

/** With the objects: what is changed among them may be a step. */
export const setupKey = [...entriesKey, 'setup'] as const;
