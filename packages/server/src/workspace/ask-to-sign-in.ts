import type { CannotAskToSignIn } from '@countersign/protocol';
import { type Configuration, mayStepUp } from '../configuration/index.ts';
import {
  type ConversationRecord,
  type Conversations,
  type EntryRecord,
  identityAt,
} from '../conversations/index.ts';
import { type Clock, Fault } from '../platform/index.ts';
import type { Agent } from '../routing/index.ts';

interface AskParts {
  configuration: Configuration;
  clock: Clock;
}

/** Asked again this soon it is the same question: two clicks, or two agents. */
const ONE_ASK_MS = 10_000;

const REASONS: Record<CannotAskToSignIn, string> = {
  already_verified: 'The customer is signed in already.',
  step_up_not_allowed: 'This messenger does not let guests sign in during a chat.',
  conversation_closed: 'The conversation has ended.',
  sign_in_not_attached: 'This Apple account has no sign-in.',
  capability_missing: 'This device cannot sign in here.',
  request_pending: 'The customer has been asked and has not answered yet.',
};

/**
 * Why this customer cannot be asked to sign in now; null: they can, as far as the conversation itself says:
 * in Apple Messages their device and an earlier request are asked about when they are asked.
 */
export function whyNotAsked(
  record: Pick<ConversationRecord, 'state' | 'identity' | 'deploymentId' | 'channel'>,
  { configuration, clock }: AskParts,
): CannotAskToSignIn | null {
  if (record.state === 'closed' || record.state === 'wrap-up') return 'conversation_closed';
  if (record.channel === 'apple') {
    const account = configuration.current().appleAccounts.get(record.deploymentId);
    return account?.setting ? null : 'sign_in_not_attached';
  }
  const { state } = identityAt(record.identity, clock.now());
  if (state === 'verified') return 'already_verified';
  // Who was proven here once may prove themselves again, whatever guests may do
  if (state === 'lapsed') return null;
  const deployment = configuration.current().deployments.get(record.deploymentId);
  return deployment?.setting && mayStepUp(deployment) ? null : 'step_up_not_allowed';
}

/**
 * Writes that an agent asks the customer to sign in; sockets that can show it are told by the entry.
 * Answers the entry, an earlier one when it was asked just now. Faults 409: those of `whyNotAsked`,
 * `not_assigned`.
 */
export async function askToSignIn(
  parts: AskParts & { conversations: Conversations },
  agent: Agent,
  conversationId: string,
): Promise<EntryRecord> {
  const { conversations, clock } = parts;
  let asked: EntryRecord | null = null;
  const { entries } = await conversations.change(conversationId, async (record, transaction) => {
    const why = whyNotAsked(record, parts);
    if (why) throw new Fault(why, 409, REASONS[why]);
    if (record.assigneeId !== agent.id && !agent.supervises)
      throw new Fault('not_assigned', 409, 'Take the conversation before you ask in it.');
    const kinds = ['authentication-requested' as const, 'signed-in' as const];
    const last = await conversations.lastOf(conversationId, kinds, transaction);
    const isOpen = last?.kind === 'authentication-requested';
    asked = isOpen && last.at > clock.now() - ONE_ASK_MS ? last : null;
    if (asked) return null;
    const who = { role: 'agent' as const, senderId: agent.id, senderName: agent.name };
    return { entries: [{ kind: 'authentication-requested', ...who }] };
  });
  const entry = entries[0] ?? asked;
  if (!entry) throw new Error('an ask is written or found');
  return entry;
}
