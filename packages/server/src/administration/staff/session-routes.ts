import { StaffSession as Shown } from '@countersign/protocol';
import type { Kysely } from 'kysely';
import { Type } from 'typebox';
import type { Configuration, User } from '../../configuration/index.ts';
import { type Clock, type Http, notFound } from '../../platform/index.ts';
import { recordAudit } from '../audit/record-audit.ts';
import {
  applyingAs,
  type Identify,
  requireRole,
  type Staff,
  type WithHeaders,
} from '../identify.ts';
import { requireSecretsFor } from './invitations.ts';
import type { OwnSessionOf } from './own-session.ts';
import { endOtherSessions, endSession, listSessions, type StaffSession } from './session-store.ts';

const Listed = Type.Object({ items: Type.Array(Shown) });
const Ended = Type.Object({ ended: Type.Integer() });
const OfUser = Type.Object({ id: Type.String({ format: 'uuid' }) });
const One = Type.Object({ session: Type.String({ maxLength: 64 }) });
const Nothing = { 204: Type.Null() };

export interface SessionRouteParts {
  kysely: Kysely<unknown>;
  clock: Clock;
  configuration: Configuration;
  identify: Identify;
  ownSession: OwnSessionOf;
}

/** Where people are signed in, for themselves and for administrators. */
export function sessionRoutes(http: Http, parts: SessionRouteParts): void {
  ownSessionRoutes(http, parts);
  sessionRoutesOfUsers(http, parts);
}

function ownSessionRoutes(http: Http, { kysely, clock, ownSession }: SessionRouteParts): void {
  const tags = ['Own account'];
  const listed = { tags, response: { 200: Listed } };
  http.get('/api/account/sessions', { schema: listed }, async (request) => {
    const { user, sessionId } = await ownSession(request);
    const sessions = await listSessions(kysely, user.id, new Date(clock.now()));
    return { items: sessions.map((session) => present(session, sessionId)) };
  });
  const ended = { tags, response: { 200: Ended } };
  http.delete('/api/account/sessions', { schema: ended }, async (request) => {
    const { user, sessionId } = await ownSession(request);
    return { ended: await endOtherSessions(kysely, user.id, sessionId) };
  });
  http.delete(
    '/api/account/sessions/:session',
    { schema: { tags, params: One, response: Nothing } },
    async (request, reply) => {
      const { user } = await ownSession(request);
      if (!(await endSession(kysely, user.id, request.params.session))) throw notFound('session');
      return reply.code(204).send(null);
    },
  );
}

function sessionRoutesOfUsers(http: Http, parts: SessionRouteParts): void {
  const { kysely, clock } = parts;
  const tags = ['People'];
  const listed = { tags, params: OfUser, response: { 200: Listed } };
  http.get('/api/users/:id/sessions', { schema: listed }, async (request) => {
    await requireMayEnd(parts, request, request.params.id);
    const sessions = await listSessions(kysely, request.params.id, new Date(clock.now()));
    return { items: sessions.map((session) => present(session, null)) };
  });
  const params = Type.Interface([OfUser, One], {});
  http.delete(
    '/api/users/:id/sessions/:session',
    { schema: { tags, params, response: Nothing } },
    async (request, reply) => {
      const { id, session } = request.params;
      const { by, user } = await requireMayEnd(parts, request, id);
      await kysely.transaction().execute(async (transaction) => {
        if (!(await endSession(transaction, id, session))) throw notFound('session');
        await recordAudit(transaction, clock, applyingAs(by).origin, {
          ...{ action: 'sessions-ended', section: 'users', objectId: id, objectName: user.email },
          after: { ended: 1 },
        });
      });
      return reply.code(204).send(null);
    },
  );
}

/** Faults: `unauthenticated` 401, `forbidden` 403, `needs_secrets` 403, `not_found` 404. */
async function requireMayEnd(
  { identify, configuration }: SessionRouteParts,
  request: WithHeaders,
  id: string,
): Promise<{ by: Staff; user: User }> {
  const by = await requireRole(identify, request, ['administrator']);
  const user = configuration.current().users.get(id);
  if (!user) throw notFound('user');
  requireSecretsFor(by, user.roles);
  return { by, user };
}

function present({ createdAt, lastSeenAt, ...session }: StaffSession, own: string | null) {
  return {
    ...session,
    createdAt: createdAt.toISOString(),
    lastSeenAt: (lastSeenAt ?? createdAt).toISOString(),
    current: session.id === own,
  };
}
