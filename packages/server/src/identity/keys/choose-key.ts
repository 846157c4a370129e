import type { KeySet, PublicKey } from './public-key.ts';

export type Choice =
  | { found: 'key'; key: PublicKey }
  /** Published, but left out at import or past its expiry. */
  | { found: 'unusable'; why: string }
  | { found: 'unknown'; why: string };

/**
 * The one key a token may have been signed with. A `kid` must match; a token without one is taken
 * only where a single key can be meant, and a key published without one goes with any `kid`.
 */
export function chooseKey(set: KeySet, kid: string | null, nowMs: number): Choice {
  const nameless = onlyUnusable(set);
  if (nameless !== null) return { found: 'unusable', why: nameless };
  const usable = set.keys.filter((key) => key.expiresAt === null || key.expiresAt > nowMs);
  if (kid === null) return chooseOnly(set, usable);
  const named = usable.find((key) => key.kid === kid);
  if (named !== undefined) return { found: 'key', key: named };
  const why = whyNot(set, kid);
  if (why !== null) return { found: 'unusable', why };
  const [only, ...others] = usable;
  if (only !== undefined && only.kid === null && others.length === 0)
    return { found: 'key', key: only };
  return { found: 'unknown', why: `no key of that kid among ${listed(set)}` };
}

/** What is wrong with the one key that is published, where it has no name and so is meant by all. */
function onlyUnusable({ keys, unusable }: KeySet): string | null {
  const [only, ...others] = unusable;
  const alone = keys.length === 0 && others.length === 0 && only?.kid === null;
  return alone ? only.why : null;
}

function chooseOnly(set: KeySet, usable: PublicKey[]): Choice {
  const [only, ...others] = usable;
  if (only === undefined) return { found: 'unusable', why: listed(set) };
  if (others.length === 0 || usable.every(({ key }) => key.equals(only.key)))
    return { found: 'key', key: only };
  return { found: 'unknown', why: `${usable.length} keys are published and the token has no kid` };
}

function whyNot(set: KeySet, kid: string): string | null {
  if (set.keys.some((key) => key.kid === kid))
    return 'its `expiry` in the key list has passed; sign with a key that is still valid, or publish a later `expiry`';
  return set.unusable.find((key) => key.kid === kid)?.why ?? null;
}

function listed(set: KeySet): string {
  const usable = set.keys.map(({ kid }) => kid ?? 'one without kid');
  const left = set.unusable.map(({ kid, why }) => `${kid ?? 'one without kid'} (${why})`);
  return [...usable, ...left].slice(0, 10).join(', ') || 'no keys';
}
