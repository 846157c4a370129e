import type { ContextVariable } from '@countersign/protocol';
import type { Deployment } from '../../configuration/index.ts';
import type { WebContext } from './context.ts';
import { endConversation } from './conversation.ts';
import { personName } from './entry-body.ts';
import { passingEvent, presenceEvent } from './frames.ts';
import type { SessionRoom } from './session-room.ts';
import { signedIn } from './signed-in.ts';

/**
 * A guest has signed in (§5.6): the conversation goes on as theirs, and from here on every message of it
 * is verified. A person has one open conversation: another of theirs ends first.
 */
export async function stepUp(
  context: WebContext,
  room: SessionRoom,
  deployment: Deployment,
): Promise<void> {
  const { conversations, clock } = context;
  const { session } = room;
  const { grant } = session;
  if (!grant) return;
  await endConversation(context, session, 'closed');
  const guests = await conversations.openOf(`session:${session.id}`);
  if (!guests) {
    const from = grant.identity.name === null ? undefined : personName(grant.identity.name);
    room.broadcast(passingEvent(presenceEvent('SignIn'), 'Inbound', clock.now(), from));
    return;
  }
  room.follow(guests.id, guests.lastSeq);
  const signed = signedIn(session, grant, deployment.workstream, true);
  const { entries } = await conversations.change(guests.id, (record) => ({
    set: {
      ownerKey: session.ownerKey,
      identity: session.identity,
      contactId: grant.contactId,
      customerName: grant.identity.name,
      customerEmail: grant.identity.email,
      context: mergeSigned(record.context, signed.variables),
    },
    entries: [signed.entry],
  }));
  room.deliver(guests.id, entries);
}

/** A signed value takes the place of any other of its name (invariant 6). */
function mergeSigned(context: ContextVariable[], signed: ContextVariable[]): ContextVariable[] {
  const names = new Set(signed.map(({ name }) => name));
  return [...context.filter(({ name }) => !names.has(name)), ...signed];
}
