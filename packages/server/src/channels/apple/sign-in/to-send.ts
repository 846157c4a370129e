import { hasEnded } from '../../../conversations/index.ts';
import type { SignInMessage } from '../sign-in.ts';
import type { End } from './end.ts';
import type { SignInParts } from './index.ts';
import { requestBody } from './request-body.ts';
import { openSecrets } from './secrets.ts';
import { read } from './store.ts';
import { isAttached } from './why-not.ts';

/** A request as the gateway takes it, the same in every try; null: it waits no more. */
export type ToSend = (requestIdentifier: string) => Promise<SignInMessage | null>;

export function createToSend(parts: SignInParts, end: End, redirectUri: string): ToSend {
  const { clock, configuration, conversations, database, seal } = parts;

  return async (requestIdentifier) => {
    const request = await read(database.kysely, requestIdentifier);
    const waits = request?.status === 'pending' && request.expiresAt > clock.now();
    if (!waits || request.secrets === null) return null;
    const record = await conversations.read(request.conversationId);
    if (record === null || hasEnded(record)) return null;
    const { appleAccounts, richMessages } = configuration.current();
    const account = appleAccounts.get(request.accountId);
    const setting = isAttached(account) ? account.setting : null;
    const messageId = request.richMessageId ?? setting?.richMessageIds[0] ?? '';
    const message = richMessages.get(messageId);
    const isCurrent = setting?.id === request.settingId && message?.type === 'authentication';
    if (!setting || !isCurrent) {
      await end.failed(request, 'sign_in_not_attached');
      return null;
    }
    const secrets = await openSecrets(seal, request.secrets);
    const body = requestBody(request.id, setting, secrets, { texts: message, redirectUri });
    return { version: request.version, body };
  };
}
