import type { CustomerChannel } from '@countersign/protocol';
import type { ConversationRecord } from '../../../conversations/index.ts';
import type { SignInParts } from './index.ts';
import { latestOf, type SignInRequest } from './store.ts';
import { chooseVersion, isAttached } from './why-not.ts';

/** Tokens of the device's list (§3.4) in the words of the workspace. */
const CAN = {
  QUICK: 'quick-reply',
  LIST: 'list-picker',
  TIME: 'time-picker',
  FORM: 'form',
} as const;

/** What the customer's device can do, and how the conversation's last request stands. */
export function createDescribe(parts: SignInParts) {
  const { clock, configuration, database, publicUrl } = parts;

  return async ({
    id,
    deploymentId,
  }: Pick<ConversationRecord, 'id' | 'deploymentId'>): Promise<CustomerChannel> => {
    const { appleAccounts, richMessages } = configuration.current();
    const account = appleAccounts.get(deploymentId);
    const messages = isAttached(account) ? account.setting.richMessageIds : [];
    const nameOf = (messageId: string) => richMessages.get(messageId)?.name ?? [];
    const { capabilities = [] } = (await parts.customerOf(id)) ?? {};
    const shows = Object.entries(CAN).flatMap(([token, name]) =>
      capabilities.includes(token) ? [name] : [],
    );
    const request = await latestOf(database.kysely, id);
    return {
      can: chooseVersion(capabilities, publicUrl) === null ? shows : [...shows, 'sign-in'],
      signInMessages: messages.flatMap(nameOf),
      ...(request && {
        signInRequest: shown(request, richMessages.get(request.richMessageId ?? '')?.name),
      }),
    };
  };

  function shown(
    { id, status, createdAt, sentAt, expiresAt }: SignInRequest,
    message: string | undefined,
  ): NonNullable<CustomerChannel['signInRequest']> {
    const isOver = status === 'pending' && expiresAt <= clock.now();
    const pending = sentAt === null ? 'sending' : 'waiting';
    const state = status === 'pending' ? pending : status;
    return {
      requestIdentifier: id,
      ...(message !== undefined && { message }),
      state: isOver ? 'expired' : state,
      askedAt: new Date(createdAt).toISOString(),
      ...(sentAt !== null && { sentAt: new Date(sentAt).toISOString() }),
      expiresAt: new Date(expiresAt).toISOString(),
    };
  }
}
