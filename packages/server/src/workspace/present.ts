import type { Conversation, Entry } from '@countersign/protocol';
import type { Configuration } from '../configuration/index.ts';
import { type ConversationRecord, type EntryRecord, identityAt } from '../conversations/index.ts';
import type { Clock } from '../platform/index.ts';
import { whyNotAsked } from './ask-to-sign-in.ts';

const PREVIEW_LENGTH = 120;

export const time = (ms: number): string => new Date(ms).toISOString();

/** A conversation as spec/workspace-api.md shows it: names in place of ids. */
export function presentConversation(
  record: ConversationRecord,
  { configuration, clock }: { configuration: Configuration; clock: Clock },
  preview?: EntryRecord,
): Conversation {
  const { queues, workstreams } = configuration.current();
  const identity = identityAt(record.identity, clock.now());
  const whyNot = whyNotAsked(record, { configuration, clock });
  return {
    id: record.id,
    state: record.state,
    channel: record.channel,
    deployment: record.deploymentId,
    workstream: workstreams.get(record.workstreamId)?.name ?? '',
    queue: record.queueId ? (queues.get(record.queueId)?.name ?? null) : null,
    priority: record.priority,
    openedAt: time(record.openedAt),
    ...(record.closedAt === null ? {} : { closedAt: time(record.closedAt) }),
    ...(record.state === 'wrap-up' && record.wrapUpUntil !== null
      ? { wrapUpUntil: time(record.wrapUpUntil) }
      : {}),
    ...(record.rating === null ? {} : { rating: record.rating }),
    assignee: record.assigneeId
      ? { id: record.assigneeId, name: agentName(record.assigneeId, configuration) }
      : null,
    lastSeq: record.lastSeq,
    lastAt: time(record.lastAt),
    ...(preview
      ? {
          preview: {
            text: (preview.text ?? '').slice(0, PREVIEW_LENGTH),
            from: preview.role,
            at: time(preview.at),
          },
        }
      : {}),
    authenticated: identity.state === 'verified',
    identity,
    ...(whyNot ? { cannotAskToSignIn: whyNot } : {}),
    contact: presentContact(record),
    ...(record.locale ? { locale: record.locale } : {}),
    context: record.context,
    routing: record.routing,
  };
}

function presentContact(record: ConversationRecord): Conversation['contact'] {
  if (!record.contactId) return null;
  return {
    id: record.contactId,
    ...(record.customerName ? { name: record.customerName } : {}),
    ...(record.customerEmail ? { email: record.customerEmail } : {}),
  };
}

export function agentName(id: string, configuration: Configuration): string {
  const { users, apiKeysByHash } = configuration.current();
  const user = users.get(id);
  if (user) return user.name;
  return [...apiKeysByHash.values()].find((key) => key.id === id)?.name ?? 'Unknown';
}

/** An entry as spec/workspace-api.md shows it. `clientId` is shown to its sender alone. */
export function presentEntry(entry: EntryRecord, viewerId: string): Entry {
  return {
    seq: entry.seq,
    id: entry.id,
    at: time(entry.at),
    kind: entry.kind,
    from: {
      role: entry.role,
      ...(entry.senderId && entry.role === 'agent' ? { id: entry.senderId } : {}),
      ...(entry.senderName ? { name: entry.senderName } : {}),
    },
    authenticated: entry.identityState === 'verified',
    identityState: entry.identityState,
    ...(entry.text === null ? {} : { text: entry.text }),
    content: entry.content.map((item) => withFileUrl(item, entry.conversationId)),
    ...(entry.data ? { data: entry.data } : {}),
    ...(entry.clientId && entry.senderId === viewerId ? { clientId: entry.clientId } : {}),
  };
}

/** Where the caller, who may see the conversation, gets a file that was sent in it. */
function withFileUrl(item: unknown, conversationId: string): unknown {
  if (typeof item !== 'object' || item === null || !('attachment' in item)) return item;
  const { attachment } = item;
  if (typeof attachment !== 'object' || attachment === null || !('id' in attachment)) return item;
  const url = `/api/conversations/${conversationId}/attachments/${attachment.id}`;
  return { ...item, attachment: { ...attachment, url } };
}
