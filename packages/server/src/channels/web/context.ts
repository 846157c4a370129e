import type { Deployment } from '../../configuration/index.ts';
import { Fault } from '../../platform/index.ts';
import type { Client } from '../../sessions/index.ts';
import type { Connection } from './connection.ts';
import { expired, sessionNotFound } from './errors.ts';
import type { WebParts } from './parts.ts';
import type { Limiter } from './rate-limits.ts';
import type { Rooms } from './rooms.ts';
import type { SessionRoom } from './session-room.ts';

/** What an action works with. */
export interface WebContext extends WebParts {
  rooms: Rooms;
  limiter: Limiter;
}

/** A request of a client, read and not yet held against its action's schema. */
export interface Request {
  value: object;
  tracingId: string | undefined;
}

export type Action = (
  context: WebContext,
  connection: Connection,
  request: Request,
) => Promise<void> | void;

/**
 * The room of the session that this connection has configured. A token other than its own answers as
 * an unknown one (invariant 8). Faults: `session_not_found` 4007, `session_expired` 4006.
 */
export function roomOf(connection: Connection, token: string): SessionRoom {
  const { room } = connection;
  if (!room || token !== connection.token) throw sessionNotFound();
  if (room.hasExpired()) throw expired();
  return room;
}

/** The deployment of this connection as it is configured now. Fault `deployment_gone` 403. */
export function deploymentOf(context: WebContext, connection: Connection): Deployment {
  const deployment = context.configuration.current().deployments.get(connection.deploymentId);
  if (deployment?.status !== 'Active') {
    throw new Fault('deployment_gone', 403, 'This deployment accepts no clients.');
  }
  return deployment;
}

/** This connection, as sessions know it. */
export const clientOf = ({ id, device }: Connection): Client => ({
  connection: id,
  ...(device !== undefined && { device }),
});
