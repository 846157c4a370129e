import type {
  ConversationRecord,
  Conversations,
  EntryDraft,
  OpenConversation,
} from '../../conversations/index.ts';
import { withCustomerValues } from '../../routing/index.ts';
import { type Customer, ownerKeyOf, senderIdOf } from './customer.ts';
import type { AppleParts } from './parts.ts';
import type { InboundMessage } from './read-message.ts';

export type SayParts = Pick<AppleParts, 'conversations' | 'routing' | 'log'>;

/** What a customer says, under the id that it is written once by. */
export type CustomerWords = Pick<EntryDraft, 'text' | 'content' | 'data'> & { clientId: string };

/** Where it came from, as far as routing asks. Left out: the conversation keeps what it has. */
export type Facts = Pick<InboundMessage, 'facts' | 'locale'>;

/**
 * Writes what a customer says into their open conversation, which begins with it if there is none.
 * Resolves after the commit.
 */
export async function say(
  parts: SayParts,
  customer: Customer,
  words: CustomerWords,
  from: Facts = { facts: [], locale: null },
): Promise<void> {
  const draft = {
    ...words,
    kind: 'message' as const,
    role: 'customer' as const,
    senderId: senderIdOf(customer),
  };
  const { record, created } = await parts.conversations.open(opening(customer, from), [draft]);
  if (!created) {
    await addFacts(parts.conversations, customer, record, from);
    return;
  }
  await parts.routing.route(record.id).catch((cause: unknown) => {
    // What is left without a queue is routed by the next sweep
    parts.log.error({ err: cause }, 'apple: a conversation could not be routed');
  });
}

function opening(customer: Customer, { facts, locale }: Facts): OpenConversation {
  const { account } = customer;
  const { workstream } = account;
  return {
    ownerKey: ownerKeyOf(customer),
    channel: 'apple',
    deploymentId: account.id,
    workstreamId: workstream.id,
    capacity: workstream.capacity,
    contactId: null,
    customerName: null,
    customerEmail: null,
    locale,
    identity: { state: 'anonymous' },
    context: withCustomerValues([], facts, workstream.contextVariables),
  };
}

/** The next message may come through another entry point, or from another device. */
async function addFacts(
  conversations: Conversations,
  { account }: Customer,
  { id, context }: ConversationRecord,
  { facts }: Facts,
): Promise<void> {
  const next = (now: ConversationRecord['context']) =>
    withCustomerValues(now, facts, account.workstream.contextVariables);
  if (next(context) === context) return;
  await conversations.change(id, (record) => {
    const changed = next(record.context);
    return changed === record.context ? null : { set: { context: changed } };
  });
}
