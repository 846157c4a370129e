import type { EntryDraft } from '../../conversations/index.ts';
import { Fault } from '../../platform/index.ts';
import { withCustomerValues } from '../../routing/index.ts';
import { hasLapsed } from '../../sessions/index.ts';
import type { Connection } from './connection.ts';
import type { WebContext } from './context.ts';
import { begin } from './conversation.ts';
import type { Attributes } from './custom-attributes.ts';
import type { SessionRoom } from './session-room.ts';

/** What a customer says, before it has a conversation. */
export type CustomerDraft = Pick<EntryDraft, 'text' | 'content' | 'data' | 'clientId'> & {
  kind: 'message' | 'joined';
};

export interface Said {
  draft: CustomerDraft;
  tracingId: string | undefined;
  attributes: Attributes;
}

/**
 * Writes what a customer says into their conversation, which begins with it if there is none. The echo
 * goes out after the commit, to every connection; a resend is answered with the first, to who asked.
 */
export async function say(
  context: WebContext,
  connection: Connection,
  room: SessionRoom,
  said: Said,
): Promise<void> {
  const { draft, tracingId } = said;
  const { clientId } = draft;
  // Without metadata the tracing id is what the message is stored under, and needs no remembering
  const awaits = clientId !== undefined && tracingId !== undefined && draft.data !== undefined;
  if (awaits) room.await(clientId, tracingId);
  try {
    // Two tabs at once begin one conversation
    while (room.conversationId === null && room.opening) await room.opening;
    const renewing = context.rooms.renew(room);
    if (renewing) await renewing;
    if (room.conversationId !== null) await append(context, connection, room, said);
    else await begin(context, connection, room, said);
  } catch (cause) {
    if (awaits) room.forgetAwaited(clientId);
    throw cause;
  }
}

async function append(
  context: WebContext,
  connection: Connection,
  room: SessionRoom,
  said: Said,
): Promise<void> {
  const conversationId = room.conversationId;
  if (conversationId === null) return;
  try {
    if (said.attributes.length > 0) await addAttributes(context, conversationId, said.attributes);
    const draft = { ...customerEntry(room, said, context.clock.now()), conversationId };
    const { entry, repeated } = await context.conversations.append(draft);
    if (!repeated) {
      room.deliver(conversationId, [entry]);
      return;
    }
    if (entry.clientId !== null) room.forgetAwaited(entry.clientId);
    const echo = room.echoOf(entry, said.tracingId);
    if (echo !== null) connection.send(echo);
  } catch (cause) {
    // The company has ended it, and the news is still on its way
    if (!(cause instanceof Fault && cause.code === 'conversation_closed')) throw cause;
    if (room.conversationId === conversationId) room.unfollow();
    if (room.session.readOnly) throw cause;
    await begin(context, connection, room, said);
  }
}

export const customerEntry = ({ session }: SessionRoom, { draft }: Said, now: number) => ({
  ...draft,
  role: 'customer' as const,
  senderId: session.id,
  senderName: session.grant?.identity.name ?? null,
  ...(hasLapsed(session, now) && { lapsed: true }),
});

async function addAttributes(
  context: WebContext,
  conversationId: string,
  attributes: Attributes,
): Promise<void> {
  const { conversations, configuration } = context;
  await conversations.change(conversationId, (record) => {
    const workstream = configuration.current().workstreams.get(record.workstreamId);
    const next = withCustomerValues(record.context, attributes, workstream?.contextVariables ?? []);
    return next === record.context ? null : { set: { context: next } };
  });
}
