/**
 * The one way out, for all doors: the customer's own sign-out, the provider's word, the company's. Ends
 * sign-ins with their sessions, tells the sockets, and writes it into the conversation, which stays with
 * the agents and has lapsed when no session of the person is left that was proven.
 */
import type { Conversations, EntryDraft } from '../conversations/index.ts';
import type { Bus, Clock, Database } from '../platform/index.ts';
import { sessionTopic } from './hints.ts';
import { latestProof } from './proof-store.ts';
import { ownerKeyOfPerson, type Person, timeOf } from './records.ts';
import { type Ended, endSignIns, type SignOutScope } from './sign-out-store.ts';

/** Who signs a person out, as the log names them. */
export interface SignOutBy extends Pick<EntryDraft, 'role' | 'senderId' | 'senderName'> {
  door: 'customer' | 'provider' | 'staff';
}

export interface SignOutParts {
  database: Pick<Database, 'kysely'>;
  conversations: Pick<Conversations, 'openOf' | 'change'>;
  bus: Bus;
  clock: Clock;
}

/** Answers how many sessions ended. */
export type SignOut = (scope: SignOutScope, by: SignOutBy) => Promise<number>;

export function createSignOut({ database, conversations, bus, clock }: SignOutParts): SignOut {
  return async (scope, by) => {
    const ended = await endSignIns(database.kysely, scope, clock.now());
    for (const { id } of ended.sessions) bus.publish(sessionTopic(id), { type: 'logout' });
    for (const person of ended.people) await tell(person, scope, by, ended);
    return ended.sessions.length;
  };

  async function tell(person: Person, scope: SignOutScope, by: SignOutBy, ended: Ended) {
    const sessions = ended.sessions.filter((session) => isSame(session.person, person));
    // A sign-in that nobody had a session of leaves the others' conversation as it is
    if (sessions.length === 0 && scope.of !== 'person') return;
    const open = await conversations.openOf(ownerKeyOfPerson(person));
    if (!open) return;
    const { door, ...who } = by;
    const [only] = sessions.length === 1 ? sessions : [];
    const device = only?.device ?? undefined;
    await conversations.change(open.id, async ({ identity, customerName }, transaction) => {
      const now = clock.now();
      const proof = await latestProof(transaction, person, now);
      const stands = proof !== null && (proof.until === null || proof.until > now);
      const next = stands
        ? { ...identity, until: timeOf(proof.until) }
        : { ...identity, state: 'lapsed' as const };
      const senderName = by.role === 'customer' ? customerName : (by.senderName ?? null);
      const data = {
        by: door,
        sessions: sessions.length,
        ...(device && { device }),
        stillVerified: stands,
      };
      return {
        set: { identity: next },
        entries: [{ kind: 'signed-out', ...who, senderName, data }],
      };
    });
  }
}

const isSame = (a: Person, b: Person): boolean =>
  a.deploymentId === b.deploymentId && a.settingId === b.settingId && a.subject === b.subject;
