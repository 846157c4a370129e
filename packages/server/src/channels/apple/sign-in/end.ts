/** How a request ends without a proof: stored and told in one transaction. A proof that stands stays (§11). */
import type { ConversationChange } from '../../../conversations/index.ts';
import { hasEnded } from '../../../conversations/index.ts';
import { Fault } from '../../../platform/index.ts';
import { explanationFor } from './explanation.ts';
import type { SignInParts } from './index.ts';
import { finish, type SignInRequest } from './store.ts';

type Ended = 'failed' | 'cancelled' | 'expired';

export interface End {
  /** `explain`: the bubble already says "signed in", so the customer is told otherwise (§13). */
  failed(
    request: SignInRequest,
    reason: string,
    details?: Record<string, unknown>,
    explain?: boolean,
  ): Promise<boolean>;
  cancelled(request: SignInRequest): Promise<boolean>;
  expired(request: SignInRequest): Promise<boolean>;
}

export function createEnd({ conversations, database }: SignInParts): End {
  async function end(
    request: SignInRequest,
    ended: { status: Ended; reason: string; details?: Record<string, unknown>; explain?: boolean },
  ): Promise<boolean> {
    const { status, reason, details = {}, explain = false } = ended;
    let done = false;
    const decide = async (
      record: Parameters<Parameters<SignInParts['conversations']['change']>[1]>[0],
      transaction: Parameters<Parameters<SignInParts['conversations']['change']>[1]>[1],
    ): Promise<ConversationChange | null> => {
      done = await finish(transaction, request.id, status);
      if (!done || hasEnded(record)) return null;
      const { id: requestIdentifier, version } = request;
      const data = { requestIdentifier, version, reason, ...details };
      const told = explain ? [explanationFor(record.locale)] : [];
      return { entries: [{ kind: 'authentication-failed', role: 'system', data }, ...told] };
    };
    await conversations.change(request.conversationId, decide).catch(async (cause: unknown) => {
      if (!(cause instanceof Fault) || cause.code !== 'not_found') throw cause;
      done = await finish(database.kysely, request.id, status);
    });
    return done;
  }

  return {
    failed: (request, reason, details = {}, explain = false) =>
      end(request, { status: 'failed', reason, details, explain }),
    cancelled: (request) => end(request, { status: 'cancelled', reason: 'customer_cancelled' }),
    expired: (request) => end(request, { status: 'expired', reason: 'request_expired' }),
  };
}
