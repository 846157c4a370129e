/** What was changed in a form, and of which version. */
export interface Changes {
  base: unknown;
  version: number;
  object: unknown;
}

const kept = new Map<string, Changes>();

/**
 * Unsaved changes by person and object, for as long as the page lives: when a session ends in the middle of
 * writing, they are there again after the next sign-in. Never on the disk: they may hold a secret.
 */
export const keptChanges = {
  of: (key: string): Changes | null => kept.get(key) ?? null,
  keep: (key: string, changes: Changes): void => void kept.set(key, changes),
  forget: (key: string): void => void kept.delete(key),
};
