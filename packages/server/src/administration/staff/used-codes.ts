import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/index.ts';
import { countUp } from './sign-in-limits-store.ts';

/** Longer than a code of an authenticator app is accepted: its own half minute, one before, one after. */
const REMEMBERED_MS = 120_000;

/** Of several sign-ins with one code, on any node, the first. */
export async function isFirstUse(
  db: Kysely<unknown>,
  clock: Clock,
  userId: string,
  code: string,
): Promise<boolean> {
  const text = JSON.stringify(['code', userId, code]);
  const key = createHash('sha256').update(text).digest('base64url');
  const now = clock.now();
  const counts = await countUp(db, [key], new Date(now), new Date(now + REMEMBERED_MS));
  return counts.get(key)?.count === 1;
}
