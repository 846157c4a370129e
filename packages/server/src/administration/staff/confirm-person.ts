import { verifyPassword } from '@better-auth/utils/password';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { type Clock, Fault } from '../../platform/index.ts';
import { readAccount } from './account-store.ts';
import type { OwnSession } from './own-session.ts';
import type { SignInLimits } from './sign-in-limits.ts';

/** How long a sign-in counts as proof for those who have no password. */
const FRESH_MS = 15 * 60_000;

export interface ConfirmParts {
  kysely: Kysely<unknown>;
  limits: SignInLimits;
  clock: Clock;
}

/**
 * Before what an account is signed in with changes: the password again, or, of those who have none,
 * a sign-in of the last quarter of an hour (ASVS 7.5.1). Wrong passwords count as attempts to sign in
 * (R04). Faults: `wrong_password` 403, `sign_in_again` 403, `too_many_attempts` 429.
 */
export async function confirmPerson(
  { kysely, limits, clock }: ConfirmParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { user, createdAt }: OwnSession,
  password: string | undefined,
): Promise<void> {
  const { passwordHash } = await readAccount(kysely, user.id);
  if (passwordHash === null) {
    if (clock.now() - createdAt.getTime() <= FRESH_MS) return;
    throw new Fault('sign_in_again', 403, 'Sign out and in again first: it has been a while.');
  }
  const attempt = { email: user.email, address: request.ip, userId: user.id };
  await beginAttempt(limits, attempt, reply);
  if (password === undefined || !(await verifyPassword(passwordHash, password))) {
    throw new Fault('wrong_password', 403, 'The password is not right.');
  }
  await limits.succeeded(attempt);
}

/** Faults: `too_many_attempts` 429, with the seconds to wait. */
export async function beginAttempt(
  limits: SignInLimits,
  attempt: Parameters<SignInLimits['begin']>[0],
  reply: FastifyReply,
): Promise<void> {
  const wait = await limits.begin(attempt);
  if (wait === null) return;
  reply.header('retry-after', wait);
  throw new Fault('too_many_attempts', 429, 'Too many attempts to sign in. Try again later.');
}
