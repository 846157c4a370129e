import { isDeepStrictEqual } from 'node:util';
import type { Draft, StaffRole, StoredObject } from '../../configuration/index.ts';
import { Fault } from '../../platform/index.ts';

/**
 * Whoever may not read secrets may not give that right either: not to a person, not to a key, and not by
 * setting the password of somebody who has it. Fault `forbidden` 403.
 */
export function requireSecretsRole(
  drafts: readonly Draft[],
  stored: readonly StoredObject[],
  roles: readonly StaffRole[],
): void {
  if (roles.includes('secrets')) return;
  const known = new Map(stored.map((object) => [object.id, object]));
  for (const draft of drafts) {
    const before = known.get(draft.id);
    if (!readsSecrets(draft) && !(before && readsSecrets(before))) continue;
    if (before && isDeepStrictEqual(draft.body, before.body)) continue;
    throw needsSecretsRole(draft.name);
  }
}

export const readsSecrets = (object: Draft): boolean =>
  (object.kind === 'users' || object.kind === 'apiKeys') && object.body.roles.includes('secrets');

export const needsSecretsRole = (name: string): Fault =>
  new Fault(
    'forbidden',
    403,
    `${name} has or would get the role secrets: changing that needs the role secrets.`,
  );
