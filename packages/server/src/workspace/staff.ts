import type { IncomingHttpHeaders } from 'node:http';
import type { StaffRole, User } from '../configuration/index.ts';
import { Fault } from '../platform/index.ts';
import type { Agent } from '../routing/index.ts';

/** Who is calling: a signed-in person, or a program with an API key. */
export type Staff =
  | { kind: 'user'; user: User }
  | { kind: 'api-key'; id: string; name: string; roles: StaffRole[] };

/** Tells who is calling from the request's headers (session cookie or API key); null: nobody we know. */
export type Identify = (request: { headers: IncomingHttpHeaders }) => Promise<Staff | null>;

export const staffId = (staff: Staff): string => (staff.kind === 'user' ? staff.user.id : staff.id);

export const staffRoles = (staff: Staff): StaffRole[] =>
  staff.kind === 'user' ? staff.user.roles : staff.roles;

export const staffName = (staff: Staff): string =>
  staff.kind === 'user' ? staff.user.nickname : staff.name;

export const supervises = (staff: Staff): boolean =>
  staffRoles(staff).some((role) => role === 'supervisor' || role === 'administrator');

export const asAgent = (staff: Staff): Agent => ({
  id: staffId(staff),
  name: staffName(staff),
  supervises: supervises(staff),
});

/** Faults: `unauthenticated` 401, `forbidden` 403. */
export async function requireStaff(
  identify: Identify,
  request: { headers: IncomingHttpHeaders },
): Promise<Staff> {
  const staff = await identify(request);
  if (!staff) throw new Fault('unauthenticated', 401, 'Sign in, or send a valid API key.');
  const works = staffRoles(staff).some((role) => role === 'agent') || supervises(staff);
  if (!works)
    throw new Fault('forbidden', 403, 'This needs the role agent, supervisor or administrator.');
  return staff;
}
