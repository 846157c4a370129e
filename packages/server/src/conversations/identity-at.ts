import type { Identity } from '@countersign/protocol';

/** Until when the proof of this identity stands, ms since the epoch; null: as long as the session. */
export function untilOf({ until }: Identity): number | null {
  return typeof until === 'string' ? Date.parse(until) : null;
}

/** An identity as it is at this time: what the sweep has yet to find has lapsed all the same. */
export function identityAt(identity: Identity, now: number): Identity {
  if (identity.state !== 'verified') return identity;
  const until = untilOf(identity);
  return until !== null && until <= now ? { ...identity, state: 'lapsed' } : identity;
}
