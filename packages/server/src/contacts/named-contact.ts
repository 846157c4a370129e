import type { ProvenIdentity } from '../identity/index.ts';

/** The signed fact that names a contact (Omnichannel §4), spelt as portals send it. */
const PORTAL_CONTACT_ID = 'portalcontactid';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isContactId = (id: string): boolean => UUID.test(id);

/**
 * Ids of contacts that a proof may name: its `portalcontactid`, its subject. Only what is signed is
 * looked at (invariant 6).
 */
export function namedContactIds({ subject, facts }: ProvenIdentity): string[] {
  const fact = facts[PORTAL_CONTACT_ID];
  const ids = [subject, ...(typeof fact === 'string' ? [fact] : [])].filter(isContactId);
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}
