/**
 * Keeps a person's open conversation honest about their proof: `verified` as long as the proof of one of
 * their sessions stands, `lapsed` from then on, `verified` again when they prove themselves again. Decided
 * under the conversation's lock, so that nodes may try at the same time.
 */
import type { Identity } from '@countersign/protocol';
import {
  type ConversationChange,
  type ConversationRecord,
  type Conversations,
  identityAt,
} from '../conversations/index.ts';
import type { Clock } from '../platform/index.ts';
import { latestProof } from './proof-store.ts';
import {
  type Grant,
  identityOf,
  ownerKeyOfPerson,
  type Person,
  personOf,
  timeOf,
} from './records.ts';
import { signInFacts } from './sign-in-facts.ts';

export interface StandingParts {
  conversations: Pick<Conversations, 'openOf' | 'change' | 'lapsing'>;
  clock: Clock;
}

const AT_ONCE = 200;

export function createStanding({ conversations, clock }: StandingParts) {
  /** A sign-in was bound or renewed: the conversation is told, its routing is not repeated. */
  async function confirm(grant: Grant): Promise<void> {
    const person = personOf(grant);
    const open = await conversations.openOf(ownerKeyOfPerson(person));
    if (!open || isAsProven(open.identity, grant)) return;
    await conversations.change(open.id, async (record, transaction) => {
      const now = clock.now();
      const proof = await latestProof(transaction, person, now);
      if (!proof || (proof.until !== null && proof.until <= now)) return null;
      const until = timeOf(proof.until);
      if (record.identity.state === 'verified') return moved(record, until);
      return { set: { identity: { ...identityOf(grant), until } }, entries: [renewed(grant)] };
    });
  }

  /** One round: what has run out since the last becomes `lapsed`. */
  async function lapse(): Promise<void> {
    for (let found = AT_ONCE; found === AT_ONCE; ) {
      const ids = await conversations.lapsing(clock.now(), AT_ONCE);
      for (const id of ids) await conversations.change(id, decideLapse);
      found = ids.length;
    }
  }

  async function decideLapse(
    record: ConversationRecord,
    transaction: Parameters<Parameters<Conversations['change']>[1]>[1],
  ): Promise<ConversationChange | null> {
    const now = clock.now();
    const { identity } = record;
    if (record.state === 'closed' || identity.state !== 'verified') return null;
    if (identityAt(identity, now).state === 'verified') return null;
    const person = personOfOwner(record);
    const proof = person && (await latestProof(transaction, person, now));
    if (proof && (proof.until === null || proof.until > now))
      return moved(record, timeOf(proof.until));
    const { setting, subject, until } = identity;
    return {
      set: { identity: { ...identity, state: 'lapsed' } },
      entries: [{ kind: 'lapsed', role: 'system', data: { setting, subject, until } }],
    };
  }

  return { confirm, lapse };
}

export type Standing = ReturnType<typeof createStanding>;

/** The conversation says already what this proof says: most times that a client configures. */
const isAsProven = (identity: Identity, grant: Grant): boolean =>
  identity.state === 'verified' && identity.until === identityOf(grant).until;

const moved = ({ identity }: ConversationRecord, until: string | null) =>
  identity.until === until ? null : { set: { identity: { ...identity, until } } };

const renewed = ({ identity }: Grant) => ({
  kind: 'signed-in' as const,
  role: 'customer' as const,
  senderName: identity.name,
  data: { ...signInFacts(identity), renewed: true },
});

/** The subject may hold what separates; the other two are ids. */
function personOfOwner({ ownerKey }: ConversationRecord): Person | null {
  const [kind, deploymentId, settingId, ...subject] = ownerKey.split(':');
  if (kind !== 'identity' || !deploymentId || !settingId) return null;
  return { deploymentId, settingId, subject: subject.join(':') };
}
