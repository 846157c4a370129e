import type { AutomatedTrigger } from '@countersign/protocol';
import { type Configuration, holidayAt, isOpen, type Snapshot } from '../configuration/index.ts';
import type { Contacts } from '../contacts/index.ts';
import type {
  ConversationChange,
  ConversationRecord,
  Conversations,
} from '../conversations/index.ts';
import { ended } from './assignments.ts';
import type { Tell, Told } from './automated-messages.ts';
import type { RoutingFacts } from './evaluate-condition.ts';
import { evaluateRules, type RouteDecision, type RuleFacts } from './evaluate-rules.ts';
import { queuesOf, readQueueStates } from './queue-states.ts';

export interface RoutingReads {
  configuration: Configuration;
  conversations: Pick<Conversations, 'waitingIn' | 'placeIn' | 'usualWait'>;
  contacts: Pick<Contacts, 'read'>;
}

/** What rules look at in a conversation. */
export type RoutedFacts = Pick<
  ConversationRecord,
  'id' | 'workstreamId' | 'identity' | 'deploymentId' | 'locale' | 'context' | 'contactId'
>;

/** Null: its workstream is not there. Writes nothing: a dry run asks the same. */
export async function decideQueue(
  { configuration, conversations, contacts }: RoutingReads,
  record: RoutedFacts,
  now: number,
): Promise<RouteDecision | null> {
  const snapshot = configuration.current();
  const workstream = snapshot.workstreams.get(record.workstreamId);
  if (!workstream) return null;
  const contact = record.contactId ? await contacts.read(record.contactId) : null;
  const facts: RuleFacts = {
    ...factsOf(record, snapshot, now),
    conversationId: record.id,
    contact: textsOf(record.contactId, contact),
    queues: await readQueueStates(snapshot, queuesOf(workstream), conversations, now),
  };
  return evaluateRules(workstream, facts);
}

function textsOf(
  id: string | null,
  contact: Partial<Record<'name' | 'email' | 'phone', string | null>> | null,
): RoutingFacts['contact'] {
  return {
    ...(id && { id }),
    ...(contact?.name && { name: contact.name }),
    ...(contact?.email && { email: contact.email }),
    ...(contact?.phone && { phone: contact.phone }),
  };
}

function factsOf(record: RoutedFacts, snapshot: Snapshot, now: number) {
  const { identity, deploymentId, locale, context } = record;
  const settings = [...snapshot.settings.values()];
  return {
    identity,
    settingId: settings.find(({ name }) => name === identity.setting)?.id ?? null,
    deploymentId,
    locale,
    context,
    isOpen(hoursId: string) {
      const hours = snapshot.operatingHours.get(hoursId);
      if (!hours) throw new Error(`there are no operating hours ${hoursId}`);
      return isOpen(hours, now);
    },
  };
}

export interface Queueing {
  reads: RoutingReads;
  tell: Tell;
  now: number;
}

/** What routing writes: queue, priority, and an entry that says which rule matched and on which values. */
export async function queueing(
  record: ConversationRecord,
  decision: RouteDecision,
  { reads, tell, now }: Queueing,
): Promise<ConversationChange> {
  const { queueId, rule, because, left, context } = decision;
  const queue = reads.configuration.current().queues.get(queueId);
  const priority = decision.priority ?? queue?.priority ?? 100;
  const routing = { rule, because };
  const queued = {
    ...{ kind: 'queued' as const, role: 'system' as const },
    data: { queue: queue?.name ?? queueId, ...routing },
  };
  const set = {
    ...{ queueId, priority, routing, queuedAt: now, toldNext: false },
    overflowedFrom: left,
    ...(context !== record.context && { context }),
  };
  const placed = { ...record, queueId, context };
  if (decision.endedBy) {
    const closing = endedByOverflow(placed, tell, now, because);
    return { set: { ...set, ...closing.set }, entries: [queued, ...(closing.entries ?? [])] };
  }
  const messages = await waitingMessages(placed, priority, { reads, tell, now });
  return { set, entries: [queued, ...messages] };
}

/** The end that an overflow brings, told to the customer. */
export function endedByOverflow(
  record: ConversationRecord,
  tell: Tell,
  now: number,
  because: string[],
): ConversationChange {
  const change = ended(record, { by: 'system', wrapUp: 0, now, data: { because } });
  const messages = tell(record, ['overflow-ended', 'session-ended']);
  return { ...change, entries: [...messages, ...(change.entries ?? [])] };
}

/** What a customer is told who begins to wait. */
export async function waitingMessages(
  record: ConversationRecord,
  priority: number,
  { reads, tell, now }: Queueing,
): Promise<NonNullable<ConversationChange['entries']>> {
  const { workstreams } = reads.configuration.current();
  const messages = workstreams.get(record.workstreamId)?.automatedMessages ?? [];
  if (messages.length === 0) return [];
  return tell(
    record,
    [...closedNow(record, reads.configuration.current(), now), ...ON_WAITING],
    await toldOf(record, priority, reads, now),
  );
}

const ON_WAITING: AutomatedTrigger[] = ['queued', 'position-in-queue', 'average-wait'];

function closedNow(
  { queueId }: ConversationRecord,
  { queues, operatingHours }: Snapshot,
  now: number,
): AutomatedTrigger[] {
  const hours = operatingHours.get(queues.get(queueId ?? '')?.operatingHoursId ?? '');
  if (!hours || isOpen(hours, now)) return [];
  return [holidayAt(hours, now) === null ? 'outside-hours' : 'holiday'];
}

const RECENT_MS = 48 * 3_600_000;
const LAST_WAITS = 20;

async function toldOf(
  { id, queueId, openedAt }: ConversationRecord,
  priority: number,
  { conversations }: RoutingReads,
  now: number,
): Promise<Told> {
  if (queueId === null) return {};
  const [position, waitMs] = await Promise.all([
    conversations.placeIn({ id, queueId, priority, openedAt }),
    usualWait(conversations, queueId, now),
  ]);
  return { position, waitMs };
}

/** As long as the last of this queue have waited, in ms; null: nobody knows. */
export const usualWait = (
  conversations: Pick<Conversations, 'usualWait'>,
  queueId: string,
  now: number,
): Promise<number | null> => conversations.usualWait(queueId, now - RECENT_MS, LAST_WAITS);
