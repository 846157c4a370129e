import { CloseSessionRequest } from '@countersign/protocol';
import { type Action, roomOf } from '../context.ts';
import { endConversation } from '../conversation.ts';
import { connectionClosed, sessionResponse } from '../frames.ts';
import { reader } from '../read-request.ts';

const read = reader(CloseSessionRequest);

/**
 * "New chat", first half (§5.4). The caller is answered; every other connection is told and closed. A
 * caller whose session was read-only must not be told: it would hang up instead of beginning anew.
 */
export const closeSession: Action = async (context, connection, { value, tracingId }) => {
  const { token, closeAllConnections } = read(value);
  const { session } = roomOf(connection, token);
  context.rooms.leave(connection);
  if (closeAllConnections === false) {
    const body = { connected: false, newSession: false, readOnly: session.readOnly };
    connection.send(sessionResponse(body, tracingId));
    return;
  }
  await context.sessions.end(session.id, { type: 'closed', exceptConnection: connection.id });
  await endConversation(context, session, 'closed');
  if (session.readOnly) {
    connection.send(sessionResponse({ connected: false, readOnly: true }, tracingId));
    return;
  }
  connection.send(sessionResponse({ connected: false, newSession: false }, tracingId));
  connection.send(connectionClosed());
};
