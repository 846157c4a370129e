import { type Customer, keyOf, ownerKeyOf } from './customer.ts';
import type { AppleParts } from './parts.ts';
import type { InteractiveData } from './read-message.ts';
import { chosenOf, type Reply, readReply } from './read-reply.ts';
import type { AskedRequest, RequestStore } from './request-store.ts';
import { type Facts, type SayParts, say } from './say.ts';
import type { SignIn } from './sign-in.ts';

export interface TakeReplyParts extends SayParts, Pick<AppleParts, 'log'> {
  requests: RequestStore;
  signIn: SignIn;
  tag: (key: { accountId: string; opaqueId: string }) => string;
}

/** Takes an answer to a bubble. Resolves once it is stored. */
export type TakeReply = (customer: Customer, data: InteractiveData, from: Facts) => Promise<void>;

export function createTakeReply(parts: TakeReplyParts): TakeReply {
  const { conversations, requests, signIn, log } = parts;
  return async (customer, data, from) => {
    const reply = readReply(data);
    const { requestIdentifier, kind } = reply;
    if (kind === 'authenticate' && requestIdentifier !== null) {
      await authenticate(customer, { ...reply, requestIdentifier });
      return;
    }
    const asked =
      requestIdentifier === null ? null : await requests.find(keyOf(customer), requestIdentifier);
    if (asked) await answer(customer, reply, asked, from);
    else await unmatched(customer, kind);
  };

  async function authenticate(
    { account, opaqueId }: Customer,
    { requestIdentifier, version, data }: Reply & { requestIdentifier: string },
  ): Promise<void> {
    const open = await conversations.openOf(ownerKeyOf({ account, opaqueId }));
    const conversationId = open?.id ?? null;
    const { authenticate } = data;
    await signIn.replied({
      ...{ account, opaqueId, conversationId, requestIdentifier, version, authenticate },
    });
  }

  async function answer(
    customer: Customer,
    reply: Reply,
    asked: AskedRequest,
    from: Facts,
  ): Promise<void> {
    const chosen = chosenOf(reply, asked);
    if (chosen.length === 0) {
      await unmatched(customer, reply.kind);
      return;
    }
    const { requestIdentifier } = asked;
    const content = chosen.map(({ identifier, title }) => ({
      contentType: 'ButtonResponse',
      buttonResponse: {
        text: title,
        payload: identifier,
        type: 'QuickReply',
        originatingMessageId: requestIdentifier,
      },
    }));
    const text = chosen.map(({ title }) => title).join(', ');
    const clientId = `${reply.kind}:${requestIdentifier}`;
    await say(parts, customer, { text, content, clientId }, from);
  }

  /** Nothing that we asked of this customer: it is said to the agent if there is one, and does nothing. */
  async function unmatched(customer: Customer, kind: string): Promise<void> {
    const { accountId } = keyOf(customer);
    const facts = { account: accountId, customer: parts.tag(keyOf(customer)), kind };
    log.warn(facts, 'apple: an answer to nothing that was asked');
    const open = await conversations.openOf(ownerKeyOf(customer));
    if (!open) return;
    await conversations.append({
      conversationId: open.id,
      kind: 'note',
      role: 'system',
      senderName: 'Apple Messages',
      text: 'The device sent an answer to something that was not asked. It was set aside.',
      data: { unmatchedReply: kind },
    });
  }
}
