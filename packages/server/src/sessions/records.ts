import type { Identity } from '@countersign/protocol';
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

/** Whose conversation it is: a person's on all devices, a guest's in one session. */
export const ownerKeyOf = (id: string, grant: Grant | null): string =>
  grant
    ? `identity:${grant.deploymentId}:${grant.identity.settingId}:${grant.identity.subject}`
    : `session:${id}`;

export function identityOf(grant: Grant | null): Identity {
  if (!grant) return { state: 'anonymous' };
  const { method, settingName, issuer, subject, keyId, since } = grant.identity;
  return {
    state: 'verified',
    method,
    setting: settingName,
    issuer,
    subject,
    ...(keyId === null ? {} : { keyId }),
    since: new Date(since).toISOString(),
    until: null,
  };
}

export const samePerson = (a: Grant, b: Grant): boolean =>
  a.identity.settingId === b.identity.settingId && a.identity.subject === b.identity.subject;
