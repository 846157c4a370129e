import type { Conversations, EntryRecord } from '../../conversations/index.ts';
import { Fault } from '../../platform/index.ts';

/** Why a message did not reach Apple, as agents read it. */
const REASONS: Record<string, string> = {
  customer_closed: 'The customer has closed the conversation on their device.',
  customer_unknown: 'Apple does not know this customer any more.',
  capability_missing: "The customer's device cannot show it.",
  unknown_rich_message: 'There is no such rich message any more.',
  account_removed: 'The Apple account was removed.',
  no_answer: 'Apple did not answer for ten minutes.',
  account_refused: 'Apple refuses this account: an administrator must check its MSP ID and secret.',
  too_large: 'It is too large for Apple.',
  rejected: 'Apple refused it.',
};

export function whyUndelivered(status: number): string {
  if (status === 404) return 'customer_unknown';
  if (status === 401 || status === 403) return 'account_refused';
  return status === 413 ? 'too_large' : 'rejected';
}

/** A note under the message, written once (docs/decisions/0010-what-apple-did-not-take.md). */
export async function tellUndelivered(
  conversations: Pick<Conversations, 'append'>,
  { conversationId, id, seq }: EntryRecord,
  code: string,
): Promise<void> {
  try {
    await conversations.append({
      conversationId,
      kind: 'note',
      role: 'system',
      senderName: 'Apple Messages',
      clientId: `undelivered:${id}`,
      text: `Not delivered. ${REASONS[code] ?? REASONS.rejected}`,
      data: { undelivered: { entry: id, seq, code } },
    });
  } catch (cause) {
    // Nobody is there any more to read it
    if (!(cause instanceof Fault && cause.code === 'conversation_closed')) throw cause;
  }
}
