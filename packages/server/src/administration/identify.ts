import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '@countersign/protocol';
import type { Configuration, Origin, StaffRole, User } from '../configuration/index.ts';
import { Fault } from '../platform/index.ts';
import type { Applying } from './apply-configuration.ts';
import { hashApiKey } from './drafts.ts';
import type { NoteSeen } from './staff/note-seen.ts';
import type { OpenStaffAuth } from './staff/staff-auth.ts';

/** Who asks: a signed-in person, or a program with an API key. */
export type Staff =
  | { kind: 'user'; user: User }
  | { kind: 'api-key'; id: string; name: string; roles: StaffRole[] };

/** Anything that carries request headers: a Fastify request, or an upgrade's `IncomingMessage`. */
export interface WithHeaders {
  headers: IncomingHttpHeaders;
}

/** Null: not signed in. Reads the session from the database, so that one that was ended is refused. */
export type Identify = (request: WithHeaders) => Promise<Staff | null>;

const BEARER = /^Bearer +(\S+) *$/i;

export function createIdentify(
  configuration: Configuration,
  openAuth: OpenStaffAuth,
  noteSeen: NoteSeen,
): Identify {
  return async ({ headers }) => {
    // A wrong key is not made good by a cookie that happens to be there.
    if (headers.authorization !== undefined) {
      return ofApiKey(configuration, headers.authorization);
    }
    if (headers.cookie === undefined) return null;
    const auth = await openAuth();
    const session = await auth.api.getSession({
      headers: new Headers({ cookie: headers.cookie }),
      query: { disableRefresh: true },
    });
    const user = session && configuration.current().users.get(session.user.id);
    if (!user) return null;
    await noteSeen(session.session);
    return { kind: 'user', user };
  };
}

/** Looked up by hash: the time this takes says nothing about a key. */
export function ofApiKey(configuration: Configuration, authorization: string): Staff | null {
  const key = BEARER.exec(authorization)?.[1];
  if (key === undefined) return null;
  const found = configuration.current().apiKeysByHash.get(hashApiKey(key));
  return found ? { kind: 'api-key', id: found.id, name: found.name, roles: found.roles } : null;
}

export const rolesOf = (staff: Staff): StaffRole[] =>
  staff.kind === 'user' ? staff.user.roles : staff.roles;

/** Faults: `unauthenticated` 401, `forbidden` 403. */
export async function requireRole(
  identify: Identify,
  request: WithHeaders,
  roles: readonly StaffRole[],
): Promise<Staff> {
  const staff = await identify(request);
  if (!staff) throw new Fault('unauthenticated', 401, 'Sign in, or send an API key.');
  if (!rolesOf(staff).some((role) => roles.includes(role))) {
    throw new Fault('forbidden', 403, `This needs the role ${roles.join(' or ')}.`);
  }
  return staff;
}

/** Whoever asked, as the author of a change. */
export const applyingAs = (staff: Staff, via: Origin['via'] = 'console'): Applying => ({
  origin: {
    actor: actorOf(staff),
    via: staff.kind === 'api-key' && via === 'console' ? 'api' : via,
  },
  roles: rolesOf(staff),
});

function actorOf(staff: Staff): Actor {
  if (staff.kind === 'api-key') return { kind: 'api-key', id: staff.id, name: staff.name };
  const { id, name } = staff.user;
  return { kind: 'user', id, name };
}
