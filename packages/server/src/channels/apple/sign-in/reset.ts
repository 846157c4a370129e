/** A sign-in that stood and does so no more (§11). Who was verified has lapsed, and it is told why. */
import { Fault } from '../../../platform/index.ts';
import type { SignInParts } from './index.ts';
import { endStanding } from './sweep-store.ts';

export type ResetReason = 'conversation_ended' | 'sign_in_not_attached' | 'signed_out';

/** Answers whether somebody was verified. */
export type Reset = (conversationId: string, reason: ResetReason) => Promise<boolean>;

export function createReset({ conversations, database }: SignInParts): Reset {
  return async (conversationId, reason) => {
    let wasVerified = false;
    const changed = conversations.change(conversationId, async ({ identity }, transaction) => {
      await endStanding(transaction, conversationId);
      wasVerified = identity.state === 'verified' && identity.method === 'apple-oauth';
      if (!wasVerified) return null;
      const { setting, subject, until } = identity;
      return {
        set: { identity: { ...identity, state: 'lapsed' } },
        entries: [{ kind: 'lapsed', role: 'system', data: { setting, subject, until, reason } }],
      };
    });
    await changed.catch(async (cause: unknown) => {
      if (!(cause instanceof Fault) || cause.code !== 'not_found') throw cause;
      await endStanding(database.kysely, conversationId);
    });
    return wasVerified;
  };
}
