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

/** Who talks to customers, or watches over those who do. */
export const servesCustomers = (staff: Staff): boolean =>
  staffRoles(staff).includes('agent') || supervises(staff);

/** Sign-in attempts, here as over HTTP. */
export const mayReadAttempts = (staff: Staff): boolean =>
  staffRoles(staff).some((role) => role === 'administrator' || role === 'developer');

/** Faults: `unauthenticated` 401, `forbidden` 403. */
export async function requireStaff(
  identify: Identify,
  request: { headers: IncomingHttpHeaders },
): Promise<Staff> {
  const staff = await identify(request);
  if (!staff) throw new Fault('unauthenticated', 401, 'Sign in, or send a valid API key.');
  if (!servesCustomers(staff))
    throw new Fault('forbidden', 403, 'This needs the role agent, supervisor or administrator.');
  return staff;
}

/** For what is about all queues and all agents. Faults as above. */
export async function requireSupervisor(
  identify: Identify,
  request: { headers: IncomingHttpHeaders },
): Promise<Staff> {
  const staff = await requireStaff(identify, request);
  if (!supervises(staff))
    throw new Fault('forbidden', 403, 'This needs the role supervisor or administrator.');
  return staff;
}

/**
 * For what the console needs of everybody who may use some screen of it: developers read attempts, and
 * see no conversation. Faults as above.
 */
export async function requireConsoleUser(
  identify: Identify,
  request: { headers: IncomingHttpHeaders },
): Promise<Staff> {
  const staff = await identify(request);
  return staff !== null && mayReadAttempts(staff) ? staff : requireStaff(identify, request);
}
