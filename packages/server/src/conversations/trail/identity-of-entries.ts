/**
 * How each entry was authenticated, read from the entries themselves: the last `signed-in` before it (or
 * itself) says who proved what, `lapsed` and `signed-out` end it. The export writes it beside every entry,
 * the verifier makes it anew from the same entries, of which each is covered by its link.
 */
import type { TrailIdentity } from '@countersign/protocol';
import type { EntryRecord } from '../records.ts';

type Told = Pick<EntryRecord, 'kind' | 'identityState' | 'data'>;

export interface IdentityOfEntry {
  identity: TrailIdentity;
  /** False: it says `verified` or `lapsed`, and no sign-in before it says why. */
  founded: boolean;
}

/** A walk over the entries of one conversation, from its first on. */
export function identityWalk(): (entry: Told) => IdentityOfEntry {
  let proof: Omit<TrailIdentity, 'state'> | null = null;
  let stands = false;
  return (entry) => {
    if (entry.kind === 'signed-in') {
      proof = proofOf(entry.data ?? {});
      stands = true;
    }
    const state = entry.identityState;
    const proven = state === 'verified' || state === 'lapsed';
    const told = {
      identity: proven && proof ? { state, ...proof } : { state },
      founded: state === 'verified' ? stands && !ends(entry) : state !== 'lapsed' || proof !== null,
    };
    if (ends(entry)) stands = false;
    return told;
  };
}

const ends = ({ kind }: Told): boolean => kind === 'lapsed' || kind === 'signed-out';

const proofOf = (data: Record<string, unknown>): Omit<TrailIdentity, 'state'> => ({
  method: textOf(data.method),
  setting: textOf(data.setting),
  issuer: textOf(data.issuer),
  subject: textOf(data.subject),
  keyId: textOf(data.keyId),
  since: textOf(data.since),
});

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
