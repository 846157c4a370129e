import type { End } from './end.ts';
import type { SignInParts } from './index.ts';
import { MOST_SENDS, SEND_FOR_MS } from './limits.ts';
import { requestBody } from './request-body.ts';
import { openSecrets } from './secrets.ts';
import { type SignInRequest, sendLater, sent } from './store.ts';
import { isAttached } from './why-not.ts';

/**
 * Sends a request, or once more, with the same id and content each time (§2.5). Answers the status with
 * which the gateway refused it; null: sent, or to be tried again.
 */
export type Send = (request: SignInRequest) => Promise<number | null>;

const LONGEST_PAUSE_MS = 60_000;

export function createSend(parts: SignInParts, end: End, redirectUri: string): Send {
  const { database, clock, configuration, gateway, seal } = parts;
  const db = database.kysely;

  return async (request) => {
    const { appleAccounts, richMessages } = configuration.current();
    const account = appleAccounts.get(request.accountId);
    if (request.secrets === null) return null;
    const setting = isAttached(account) ? account.setting : null;
    const message = richMessages.get(setting?.richMessageIds[0] ?? '');
    const isCurrent = setting?.id === request.settingId && message?.type === 'authentication';
    if (!account || !setting || !isCurrent) {
      await end.failed(request, 'sign_in_not_attached');
      return null;
    }
    const secrets = await openSecrets(seal, request.secrets);
    const body = requestBody(request.id, setting, secrets, { texts: message, redirectUri });
    const { messageId: id, opaqueId: destinationId } = request;
    const answer = await gateway.post(account, '/authenticate', { id, destinationId, body });
    if (answer.outcome === 'sent') {
      await sent(db, request.id);
      return null;
    }
    const now = clock.now();
    const givesUp = request.sends + 1 >= MOST_SENDS || now >= request.createdAt + SEND_FOR_MS;
    if (answer.outcome === 'retry' && !givesUp) {
      await sendLater(db, request.id, now + (answer.afterMs ?? pause(request.sends)));
      return null;
    }
    await end.failed(request, 'gateway_rejected', { status: answer.status });
    return answer.status ?? 0;
  };
}

/** 1, 2, 4 … 60 s. */
const pause = (sends: number): number => Math.min(1000 * 2 ** sends, LONGEST_PAUSE_MS);
