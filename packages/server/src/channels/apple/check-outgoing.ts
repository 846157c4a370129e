import type { Attachments } from '../../attachments/index.ts';
import type { Configuration } from '../../configuration/index.ts';
import type { ConversationRecord } from '../../conversations/index.ts';
import { Fault } from '../../platform/index.ts';
import type { CustomerState, CustomerStore } from './customer-store.ts';
import { attachmentIdOf, richNameOf, sendable } from './outgoing.ts';
import { CAPABILITIES } from './rich-body.ts';
import type { ThreadStore } from './thread-store.ts';

export interface CheckOutgoingParts {
  configuration: Configuration;
  attachments: Pick<Attachments, 'content'>;
  threads: ThreadStore;
  customers: CustomerStore;
}

/**
 * Whether an agent's message can go out at all, before it is written. Faults: `customer_closed` 409,
 * `capability_missing` 409, `unknown_rich_message` 400, `unknown_attachment` 400.
 */
export type CheckOutgoing = (
  record: Pick<ConversationRecord, 'id' | 'channel' | 'ownerKey'>,
  content: unknown[],
) => Promise<void>;

export function createCheckOutgoing(parts: CheckOutgoingParts): CheckOutgoing {
  const { configuration, attachments, threads, customers } = parts;

  return async ({ id, channel, ownerKey }, content) => {
    if (channel !== 'apple') return;
    const thread = await threads.read(id);
    if (!thread) return;
    const state = await customers.read(thread);
    if (state.isSilent !== null) throw closed();
    for (const item of content) {
      checkRich(item, state);
      await checkFile(item, ownerKey);
    }
  };

  function checkRich(item: unknown, { capabilities }: CustomerState): void {
    const name = richNameOf(item);
    if (name === null) return;
    const message = sendable(configuration.current().richMessages, name);
    if (!message)
      throw new Fault('unknown_rich_message', 400, 'There is no such rich message to send.');
    const needed = CAPABILITIES[message.type];
    if (needed !== null && !capabilities.includes(needed))
      throw new Fault('capability_missing', 409, "The customer's device cannot show this.");
  }

  /** Only files of this customer's own conversations: no other person's (invariant 8). */
  async function checkFile(item: unknown, ownerKey: string): Promise<void> {
    const attachmentId = attachmentIdOf(item);
    if (attachmentId === null) return;
    const file = await attachments.content(attachmentId);
    if (file?.record.owner !== ownerKey)
      throw new Fault('unknown_attachment', 400, 'There is no such file in this conversation.');
  }
}

const closed = (): Fault =>
  new Fault('customer_closed', 409, 'The customer has closed the conversation on their device.');
