/**
 * Of an object with its secrets sealed: marks those that are others than before. `before` and `after` hold
 * the secrets themselves, and nothing of them comes out.
 */
export function markChangedSecrets(shown: unknown, before: unknown, after: unknown): unknown {
  if (isSealed(shown)) return before === after ? shown : { sealed: true, changed: true };
  if (typeof shown !== 'object' || shown === null) return shown;
  if (Array.isArray(shown)) {
    return shown.map((inner, place) =>
      markChangedSecrets(inner, memberOf(before, place), memberOf(after, place)),
    );
  }
  return Object.fromEntries(
    Object.entries(shown).map(([key, inner]) => [
      key,
      markChangedSecrets(inner, memberOf(before, key), memberOf(after, key)),
    ]),
  );
}

const isSealed = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'sealed' in value;

const memberOf = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
