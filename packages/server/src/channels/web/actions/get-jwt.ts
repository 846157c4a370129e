import { TokenRequest } from '@countersign/protocol';
import { type Action, roomOf } from '../context.ts';
import { jwtResponse } from '../frames.ts';
import { reader } from '../read-request.ts';

const read = reader(TokenRequest);

/** A short-lived token that opens the history of this session and nothing else (§4.8). */
export const getJwt: Action = async (context, connection, { value, tracingId }) => {
  const { session } = roomOf(connection, read(value).token);
  const { jwt, exp } = await context.sessions.historyToken(session);
  connection.send(jwtResponse({ jwt, exp }, tracingId));
};
