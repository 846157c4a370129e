import type { IncomingHttpHeaders } from 'node:http';
import type { Configuration, Queue } from '../configuration/index.ts';
import type { ConversationRecord } from '../conversations/index.ts';
import { notFound } from '../platform/index.ts';
import type { WorkspaceParts } from './index.ts';
import { requireStaff, type Staff, servesCustomers, staffId, supervises } from './staff.ts';

/** Queues whose conversations this person may see; null: all of them. */
export function visibleQueues(staff: Staff, configuration: Configuration): string[] | null {
  if (supervises(staff)) return null;
  const id = staffId(staff);
  return [...configuration.current().queues.values()]
    .filter((queue) => isMember(queue, id))
    .map((queue) => queue.id);
}

/**
 * The one place that says who may see a conversation (invariant 8): supervisors and administrators
 * all, an agent those of their queues and those assigned or offered to them.
 */
export function maySee(
  staff: Staff,
  record: Pick<ConversationRecord, 'assigneeId' | 'offeredToId' | 'queueId'>,
  configuration: Configuration,
): boolean {
  if (supervises(staff)) return true;
  if (!servesCustomers(staff)) return false;
  const id = staffId(staff);
  if (record.assigneeId === id || record.offeredToId === id) return true;
  const queue = record.queueId ? configuration.current().queues.get(record.queueId) : undefined;
  return queue !== undefined && isMember(queue, id);
}

/** Queues are immutable, and the feed asks for every reader: a list of a thousand members would be read by each. */
const memberSets = new WeakMap<Queue, ReadonlySet<string>>();

function isMember(queue: Queue, id: string): boolean {
  const members = memberSets.get(queue) ?? new Set(queue.members);
  memberSets.set(queue, members);
  return members.has(id);
}

/** Foreign and unknown conversations answer alike: `not_found` 404. */
export function requireVisible(
  staff: Staff,
  record: ConversationRecord | null,
  configuration: Configuration,
): ConversationRecord {
  if (!record || !maySee(staff, record, configuration)) throw notFound('conversation');
  return record;
}

/** Who calls, and the conversation that the path names, if they may see it. */
export async function visibleConversation(
  { identify, conversations, configuration }: WorkspaceParts,
  request: { headers: IncomingHttpHeaders; params: { id: string } },
): Promise<{ staff: Staff; record: ConversationRecord }> {
  const staff = await requireStaff(identify, request);
  const record = await conversations.read(request.params.id);
  return { staff, record: requireVisible(staff, record, configuration) };
}
