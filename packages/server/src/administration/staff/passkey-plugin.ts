import type { BetterAuthPlugin } from 'better-auth';
import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/index.ts';
import { readLink } from './link-store.ts';
import { takeLink } from './take-link.ts';

/** Part of the name of the cookie that binds a challenge to a browser. */
export const CHALLENGE_COOKIE = 'passkey';

/**
 * Passkeys as a way of their own: the device has to check who holds it (user verification), since no
 * second factor is asked for afterwards. `context` is the id of the link by which a person without
 * a session enrols one; our routes alone set it, and hand no session on with it.
 */
export async function passkeyPlugin({
  kysely,
  origin,
  clock,
}: {
  kysely: Kysely<unknown>;
  origin: string;
  clock: Clock;
}): Promise<BetterAuthPlugin> {
  const { passkey } = await import('@better-auth/passkey');
  const { APIError } = await import('better-auth/api');
  const unverified = () =>
    new APIError('UNAUTHORIZED', {
      code: 'USER_NOT_VERIFIED',
      message: 'The device did not check who holds it.',
    });
  return passkey({
    rpID: new URL(origin).hostname,
    rpName: 'Countersign',
    origin,
    schema: { passkey: { modelName: 'staff_passkeys' } },
    advanced: { webAuthnChallengeCookie: CHALLENGE_COOKIE },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      requireSession: false,
      async resolveUser({ context }) {
        const link = context ? await readLink(kysely, context, new Date(clock.now())) : null;
        if (!link?.userId) throw new APIError('UNAUTHORIZED', { code: 'LINK_GONE' });
        return { id: link.userId, name: link.email ?? link.userId, displayName: link.name ?? '' };
      },
      async afterVerification({ verification, context }) {
        if (!verification.registrationInfo?.userVerified) throw unverified();
        if (!context) return;
        const taken = await takeLink(kysely, context, new Date(clock.now()));
        if (!taken) throw new APIError('UNAUTHORIZED', { code: 'LINK_GONE' });
      },
    },
    authentication: {
      async afterVerification({ verification }) {
        if (!verification.authenticationInfo.userVerified) throw unverified();
      },
    },
  });
}
