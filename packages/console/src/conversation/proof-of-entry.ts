import type { Entry, Identity } from '@countersign/protocol';

/** What proved the customer when an entry was written. */
export interface Proof {
  setting: string | null;
  method: string | null;
  issuer: string | null;
  subject: string | null;
  since: string | null;
}

/** A text member of an event's facts; of an object its name. */
export function factText(entry: Entry, ...names: string[]): string | null {
  for (const name of names) {
    const value = entry.data?.[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name);
  }
  return null;
}

/**
 * The sign-in that stood when `entry` was written: the last one before it in the log, else the
 * conversation's identity if that is as old. Null for entries that nothing proves.
 */
export function proofOfEntry(
  entries: readonly Entry[],
  entry: Entry,
  identity: Identity,
): Proof | null {
  if (entry.identityState !== 'verified' && entry.identityState !== 'lapsed') return null;
  const signIn = entries.findLast((item) => item.kind === 'signed-in' && item.seq < entry.seq);
  if (signIn) return proofOfSignIn(signIn, identity);
  const stood = identity.since !== undefined && identity.since <= entry.at;
  return stood ? proofOfIdentity(identity) : null;
}

function proofOfSignIn(signIn: Entry, identity: Identity): Proof {
  const subject = factText(signIn, 'subject');
  // What the event leaves out is taken from the identity only if that is of the same sign-in.
  const same = subject === null || subject === identity.subject;
  const rest = same ? proofOfIdentity(identity) : null;
  return {
    setting: factText(signIn, 'setting') ?? rest?.setting ?? null,
    method: factText(signIn, 'method') ?? rest?.method ?? null,
    issuer: factText(signIn, 'issuer') ?? rest?.issuer ?? null,
    subject: subject ?? rest?.subject ?? null,
    since: signIn.at,
  };
}

const proofOfIdentity = (identity: Identity): Proof => ({
  setting: identity.setting ?? null,
  method: identity.method ?? null,
  issuer: identity.issuer ?? null,
  subject: identity.subject ?? null,
  since: identity.since ?? null,
});
