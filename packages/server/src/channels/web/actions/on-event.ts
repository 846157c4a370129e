import { GuestErrorText, type OnMessageRequest } from '@countersign/protocol';
import { Fault } from '../../../platform/index.ts';
import type { Connection } from '../connection.ts';
import { deploymentOf, type WebContext } from '../context.ts';
import { endConversation } from '../conversation.ts';
import { readAttributes } from '../custom-attributes.ts';
import { forbidden, malformed } from '../errors.ts';
import { clearedFrames } from '../rooms.ts';
import { say } from '../say.ts';
import type { SessionRoom } from '../session-room.ts';

type Event = NonNullable<OnMessageRequest['message']['events']>[number];

/** The events that a customer may send (§4.6): typing, Join, Clear. */
export async function onEvent(
  context: WebContext,
  connection: Connection,
  room: SessionRoom,
  request: OnMessageRequest,
  tracingId: string | undefined,
): Promise<void> {
  const events = request.message.events ?? [];
  if (events.length === 0) throw malformed('message.events is empty');
  for (const event of events) {
    switch (kindOf(event)) {
      case 'Typing':
        typing(context, connection, room);
        break;
      case 'Join':
        await join(context, connection, room, request, tracingId);
        break;
      case 'Clear':
        await clear(context, connection, room, tracingId);
        return;
      default:
        throw malformed('message.events holds an event that is not understood');
    }
  }
}

const kindOf = ({ eventType, presence }: Event): string | undefined =>
  eventType === 'Presence' ? presence?.type : eventType;

/** Told to the agent's side, and kept nowhere. */
function typing(context: WebContext, connection: Connection, room: SessionRoom): void {
  if (!deploymentOf(context, connection).configuration.conversations.typing) {
    throw forbidden('typing_off', GuestErrorText.typingOff);
  }
  if (room.conversationId === null || room.session.readOnly) return;
  context.bus.publish(`typing/${room.conversationId}`, { role: 'customer' });
}

async function join(
  context: WebContext,
  connection: Connection,
  room: SessionRoom,
  request: OnMessageRequest,
  tracingId: string | undefined,
): Promise<void> {
  if (room.session.readOnly) throw new Fault('read_only', 409, GuestErrorText.readOnly);
  context.limiter.spend('messagesPerSession', room.messages);
  const attributes = readAttributes(request);
  const draft = { kind: 'joined' as const, ...(tracingId && { clientId: tracingId }) };
  await say(context, connection, room, { draft, tracingId, attributes });
}

/** Ends the session and what it held; also when it is read-only (§5.7). */
async function clear(
  context: WebContext,
  connection: Connection,
  room: SessionRoom,
  tracingId: string | undefined,
): Promise<void> {
  if (!deploymentOf(context, connection).configuration.conversations.clear) {
    throw forbidden('clear_off', GuestErrorText.clearOff);
  }
  const { session } = room;
  context.rooms.leave(connection);
  await context.sessions.end(session.id, { type: 'cleared' });
  await endConversation(context, session, 'cleared');
  for (const frame of clearedFrames(context.clock.now(), tracingId)) connection.send(frame);
}
