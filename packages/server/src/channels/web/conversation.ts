/** How a session comes to a conversation, and leaves it. */
import type { Deployment } from '../../configuration/index.ts';
import {
  type ConversationRecord,
  hasEnded,
  identityAt,
  type OpenConversation,
} from '../../conversations/index.ts';
import { withCustomerValues } from '../../routing/index.ts';
import type { ConfiguredSession, Session } from '../../sessions/index.ts';
import { claimedContact } from './claimed-contact.ts';
import type { Connection } from './connection.ts';
import { deploymentOf, type WebContext } from './context.ts';
import { customerEntry, type Said } from './say.ts';
import type { SessionRoom } from './session-room.ts';
import { signedIn } from './signed-in.ts';

/**
 * Opens the session's conversation with what the customer says, or joins the one its owner has. The
 * session is linked before the echo goes out, so that whoever has the echo finds it in the history.
 */
export async function begin(
  context: WebContext,
  connection: Connection,
  room: SessionRoom,
  said: Said,
): Promise<void> {
  const opening = openWith(context, connection, room, said);
  const ignore = () => {};
  room.opening = opening.then(ignore, ignore);
  const created = await opening.finally(() => {
    room.opening = null;
  });
  if (created === null) return;
  // Not earlier: the room is to follow before there is more to follow than it has
  await context.routing.route(created).catch((cause: unknown) => {
    // What is left without a queue is routed by the next sweep
    context.log.error({ err: cause }, 'guest api: a conversation could not be routed');
  });
}

/** Answers the conversation if it is new. */
async function openWith(
  context: WebContext,
  connection: Connection,
  room: SessionRoom,
  said: Said,
): Promise<ConversationRecord | null> {
  const { conversations, sessions } = context;
  const { session } = room;
  const now = context.clock.now();
  const deployment = deploymentOf(context, connection);
  const signed = session.grant && signedIn(session, session.grant, deployment.workstream);
  const { record, entries, created } = await conversations.open(
    await newConversation(context, session, deployment, said, {
      signed: signed?.variables ?? [],
      now,
    }),
    [...(signed ? [signed.entry] : []), customerEntry(room, said, now)],
  );
  await sessions.link(session.id, record.id);
  if (created) {
    room.follow(record.id, 0);
    room.deliver(record.id, entries);
    return record;
  }
  // It was there already: another device opened it a moment ago, or this is a resend
  const own = entries.at(-1);
  const echo = own && room.echoOf(own, said.tracingId);
  if (echo) room.broadcast(echo);
  if (said.draft.clientId !== undefined) room.forgetAwaited(said.draft.clientId);
  if (!hasEnded(record)) room.follow(record.id, own?.seq ?? record.lastSeq);
  return null;
}

async function newConversation(
  web: WebContext,
  session: Session,
  { id, workstream }: Deployment,
  said: Said,
  { signed, now }: { signed: OpenConversation['context']; now: number },
): Promise<OpenConversation> {
  const person = session.grant?.identity;
  const context = withCustomerValues(signed, said.attributes, workstream.contextVariables);
  const claimed = session.grant ? null : await claimedContact(web, context);
  return {
    ownerKey: session.ownerKey,
    channel: workstream.channel,
    deploymentId: id,
    workstreamId: workstream.id,
    capacity: workstream.capacity,
    contactId: session.grant?.contactId ?? null,
    customerName: person?.name ?? null,
    customerEmail: person?.email ?? null,
    locale: person?.locale ?? null,
    identity: identityAt(session.identity, now),
    context,
    ...claimed,
  };
}

/**
 * A session that comes back, or a person's next device, takes up the open conversation of its owner;
 * without one, a session whose last conversation the company has ended may have become read-only
 * while no socket was there to hear it.
 */
export async function resume(
  context: WebContext,
  room: SessionRoom,
  deployment: Deployment,
): Promise<void> {
  const { session } = room;
  if (room.conversationId !== null || session.readOnly) return;
  const open = await context.conversations.openOf(session.ownerKey);
  if (open) {
    await context.sessions.link(session.id, open.id);
    room.follow(open.id, open.lastSeq);
    return;
  }
  if (deployment.configuration.conversations.disconnect !== 'ReadOnly') return;
  if (!(await endedByCompany(context, session.id))) return;
  await context.sessions.setReadOnly(session.id, true);
  session.readOnly = true;
}

async function endedByCompany(context: WebContext, sessionId: string): Promise<boolean> {
  const { sessions, conversations } = context;
  const last = (await sessions.conversationsOf(sessionId)).at(-1);
  const record = last === undefined ? null : await conversations.read(last);
  return record !== null && hasEnded(record) && record.endedBy !== 'customer';
}

/** Ends the open conversation of this session's owner, for the agent's side. */
export async function endConversation(
  context: WebContext,
  { ownerKey }: Pick<Session, 'ownerKey'>,
  reason: 'cleared' | 'closed' | 'new-chat',
): Promise<ConversationRecord | null> {
  const open = await context.conversations.openOf(ownerKey);
  if (open) await context.routing.endByCustomer(open.id, reason);
  return open;
}

/** `startNew` leaves a session behind, and with it its conversation (§5.2). */
export async function endReplaced(
  context: WebContext,
  connection: Connection,
  { replaced }: ConfiguredSession,
): Promise<void> {
  if (!replaced) return;
  if (connection.room?.session.id === replaced.id) context.rooms.leave(connection);
  await endConversation(context, replaced, 'new-chat');
}
