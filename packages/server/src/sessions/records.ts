import type { Identity } from '@countersign/protocol';
import { untilOf } from '../conversations/index.ts';
import type { ProvenIdentity } from '../identity/index.ts';

/** A sign-in: what a proof was exchanged for. Outlives sockets; ended by revoke. */
export interface Grant {
  id: string;
  deploymentId: string;
  identity: ProvenIdentity;
  contactId: string;
}

/** What a visitor's client holds. Times are ms since the epoch. */
export interface Session {
  id: string;
  deploymentId: string;
  /** Null for a guest. */
  grant: Grant | null;
  /** Of this session, as entries and the conversation take it over. */
  identity: Identity;
  ownerKey: string;
  readOnly: boolean;
  createdAt: number;
  expiresAt: number;
}

/** Somebody who has been proven, at one deployment. */
export interface Person {
  deploymentId: string;
  settingId: string;
  subject: string;
}

export const personOf = ({ deploymentId, identity: { settingId, subject } }: Grant): Person => ({
  deploymentId,
  settingId,
  subject,
});

/** Whose conversation it is: a person's on all devices, a guest's in one session. */
export const ownerKeyOf = (id: string, grant: Grant | null): string =>
  grant ? ownerKeyOfPerson(personOf(grant)) : `session:${id}`;

export const ownerKeyOfPerson = ({ deploymentId, settingId, subject }: Person): string =>
  `identity:${deploymentId}:${settingId}:${subject}`;

export const identityOf = (grant: Grant | null): Identity =>
  grant ? identityOfProof(grant.identity) : { state: 'anonymous' };

/** What a conversation says of a proof that stands. */
export function identityOfProof(proven: ProvenIdentity): Identity {
  const { method, settingName, issuer, subject, keyId, since, reproveAt } = proven;
  return {
    state: 'verified',
    method,
    setting: settingName,
    issuer,
    subject,
    ...(keyId === null ? {} : { keyId }),
    since: new Date(since).toISOString(),
    until: timeOf(reproveAt ?? null),
  };
}

export const timeOf = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();

/** A session whose own proof has run out: what is said in it is not verified any more. */
export function hasLapsed({ identity }: Session, now: number): boolean {
  const until = untilOf(identity);
  return until !== null && until <= now;
}

export const samePerson = (a: Grant, b: Grant): boolean =>
  a.identity.settingId === b.identity.settingId && a.identity.subject === b.identity.subject;
