/**
 * What a client's token opens (Guest API §5.2–5.6). One live session a token, which PostgreSQL's index
 * enforces; whoever loses a race looks again.
 *
 * No way leads from an authenticated session back to a guest's, and none from one person to another:
 * the session then is a new one, and nothing of the old can be reached.
 */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { type Deployment, guestAdmission, mayStepUp } from '../configuration/index.ts';
import { type Bus, type Clock, type Database, Fault } from '../platform/index.ts';
import { holdGrant, readGrant, supersede } from './grant-store.ts';
import { sessionTopic } from './hints.ts';
import type { Client, ConfiguredSession } from './index.ts';
import type { ObservedGuestCounts } from './observed-guests.ts';
import { type Grant, identityOf, ownerKeyOf, samePerson } from './records.ts';
import {
  bindGrant,
  type EndReason,
  endSessions,
  extend,
  insertSession,
  lastOfToken,
  liveOfPerson,
  type StoredSession,
  withoutEnd,
} from './store.ts';

export interface ConfigureParts {
  database: Pick<Database, 'kysely'>;
  bus: Bus;
  clock: Clock;
  observed: Pick<ObservedGuestCounts, 'count'>;
}

interface Configured {
  answer: ConfiguredSession;
  /** On step-up, this person's earlier sessions: they give way (§5.6, step 1). */
  others: string[];
  /** The session is bound to another sign-in than before (null: a guest's), and all its sockets are told. */
  rebound: { from: string | null; to: string } | null;
}

interface Request {
  deployment: Deployment;
  tokenHash: Buffer;
  grant: Grant | null;
  device: string | null;
  startNew: boolean;
  now: number;
  expiresAt: number;
}

const ATTEMPTS = 5;

export function createConfigure({ database, bus, clock, observed }: ConfigureParts) {
  return async (
    deployment: Deployment,
    token: string,
    grant: Grant | null,
    startNew: boolean,
    client: Client = {},
  ): Promise<ConfiguredSession> => {
    const { connection, device = null } = client;
    const now = clock.now();
    const expiresAt = now + deployment.configuration.conversations.sessionDuration * 1000;
    const tokenHash = hashOfToken(token);
    const request: Request = {
      ...{ deployment, tokenHash, grant, device, startNew, now, expiresAt },
    };
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const configured = await configureOnce(database.kysely, request);
      if (!configured) continue;
      for (const id of configured.others)
        bus.publish(sessionTopic(id), { type: 'closed', reason: 'signedIn' });
      const { replaced, session, newSession } = configured.answer;
      if (newSession && !grant) countObserved(deployment);
      if (configured.rebound) await rebind(session.id, configured.rebound);
      if (replaced && connection !== undefined)
        bus.publish(sessionTopic(replaced.id), { type: 'closed', exceptConnection: connection });
      return configured.answer;
    }
    throw new Fault('busy', 503, 'The session could not be configured. Try again.');
  };

  function countObserved(deployment: Deployment): void {
    const { setting } = deployment;
    if (setting && guestAdmission(deployment) === 'observed') observed.count(setting.id);
  }

  /** After the commit: a sign-out locks sign-ins before sessions, and so must whoever locks both. */
  async function rebind(
    id: string,
    { from, to }: NonNullable<Configured['rebound']>,
  ): Promise<void> {
    bus.publish(sessionTopic(id), { type: 'bound' });
    if (from !== null) await supersede(database.kysely, from, to);
  }
}

/** Null: somebody came in between. */
async function configureOnce(db: Kysely<unknown>, request: Request): Promise<Configured | null> {
  const { deployment, tokenHash } = request;
  const seen = await lastOfToken(db, deployment.id, tokenHash, false);
  if (!seen) return create(db, request);
  return db.transaction().execute(async (transaction) => {
    if (request.grant && !(await holdGrant(transaction, request.grant.id))) throw unauthorized();
    const last = await lastOfToken(transaction, deployment.id, tokenHash, true);
    return last ? resume(transaction, request, last) : null;
  });
}

async function resume(
  db: Kysely<unknown>,
  request: Request,
  last: StoredSession,
): Promise<Configured | null> {
  const { grant, startNew, now } = request;
  if (last.grant && !grant) throw downgrade();
  if (last.endedAt !== null) return create(db, request);
  if (last.expiresAt <= now) return replace(db, request, last, 'expired');
  if (startNew) return replace(db, request, last, 'replaced');
  if (!grant) return goOn(db, request, last);
  if (!last.grant) return stepUp(db, request, grant, last);
  if (samePerson(last.grant, grant)) return bind(db, request, grant, last);
  return replace(db, request, last, 'replaced');
}

async function create(
  db: Kysely<unknown>,
  request: Request,
  replaced?: StoredSession,
): Promise<Configured | null> {
  const { deployment, grant } = request;
  if (!grant) mustAdmitGuests(deployment);
  const session = await insertSession(db, { ...request, deploymentId: deployment.id });
  if (!session && grant && !(await isGranted(db, grant))) throw unauthorized();
  if (!session) return null;
  const answer = { session, newSession: true, clearedExistingSession: false, steppedUp: false };
  return {
    answer: replaced
      ? { ...answer, replaced: { id: replaced.id, ownerKey: replaced.ownerKey } }
      : answer,
    others: [],
    rebound: null,
  };
}

async function replace(
  db: Kysely<unknown>,
  request: Request,
  last: StoredSession,
  reason: EndReason,
): Promise<Configured | null> {
  await endSessions(db, [last.id], reason, request.now);
  return create(db, request, last);
}

async function goOn(
  db: Kysely<unknown>,
  { deployment, expiresAt, now }: Request,
  last: StoredSession,
): Promise<Configured> {
  mustAdmitGuests(deployment);
  await extend(db, [{ id: last.id, expiresAt, seenAt: now }]);
  return resumed({ ...last, expiresAt: Math.max(last.expiresAt, expiresAt) });
}

async function stepUp(
  db: Kysely<unknown>,
  request: Request,
  grant: Grant,
  last: StoredSession,
): Promise<Configured> {
  if (!mayStepUp(request.deployment))
    throw new Fault('step_up_not_allowed', 403, 'This messenger does not let guests sign in.');
  const others = await liveOfPerson(db, grant, request.now);
  await endSessions(db, others, 'signed-in', request.now);
  const { answer } = await bind(db, request, grant, last);
  const clearedExistingSession = others.length > 0;
  const steppedUp = { ...answer, steppedUp: true, clearedExistingSession };
  return { answer: steppedUp, others, rebound: { from: null, to: grant.id } };
}

async function bind(
  db: Kysely<unknown>,
  request: Request,
  grant: Grant,
  last: StoredSession,
): Promise<Configured> {
  const { expiresAt } = request;
  if (!(await bindGrant(db, last.id, { ...request, grant }))) throw unauthorized();
  const from = last.grant?.id ?? null;
  const rebound = from === grant.id ? null : { from, to: grant.id };
  const configured = resumed({
    ...last,
    grant,
    identity: identityOf(grant),
    ownerKey: ownerKeyOf(last.id, grant),
    expiresAt: Math.max(last.expiresAt, expiresAt),
  });
  return { ...configured, rebound };
}

const resumed = (stored: StoredSession): Configured => ({
  answer: {
    session: withoutEnd(stored),
    newSession: false,
    clearedExistingSession: false,
    steppedUp: false,
  },
  others: [],
  rebound: null,
});

function mustAdmitGuests(deployment: Deployment): void {
  if (guestAdmission(deployment) === 'refused')
    throw new Fault('authentication_required', 403, 'Sign in to write to us here.');
}

async function isGranted(db: Kysely<unknown>, grant: Grant): Promise<boolean> {
  return (await readGrant(db, grant.id)) !== null;
}

function hashOfToken(token: string): Buffer {
  if (typeof token !== 'string' || token.length < 1 || token.length > 128)
    throw new Fault('invalid_token', 400, 'A session token has 1 to 128 characters.');
  return createHash('sha256').update(token).digest();
}

/** Guest API §10. */
const downgrade = () =>
  new Fault('downgrade', 4017, 'A session that is signed in cannot go back to a guest’s.');
export const unauthorized = () => new Fault('unauthorized', 401, 'Sign in again.');
