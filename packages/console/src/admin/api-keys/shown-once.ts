/**
 * The tokens made here whose key has just been saved, by the id of the key. They are nowhere else: once the
 * page of the key is left, nobody can read them again.
 */
const tokens = new Map<string, string>();

export const shownOnce = {
  keep(id: string, token: string): void {
    tokens.set(id, token);
  },
  of: (id: string): string | null => tokens.get(id) ?? null,
  forget(id: string): void {
    tokens.delete(id);
  },
};
