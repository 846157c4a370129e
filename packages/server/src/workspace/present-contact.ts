import type { Configuration } from '../configuration/index.ts';
import {
  CONTACT_FIELDS,
  type Contact,
  type ContactMatch,
  type ContactValues,
} from '../contacts/index.ts';
import type { ContactCard, ContactFound } from './contact-shapes.ts';
import { time } from './present.ts';

export const presentFound = (found: ContactMatch): ContactFound => ({
  id: found.id,
  ...known(found),
  verified: found.verified,
});

/** A contact by itself: names of settings in place of ids, absent what nobody knows. */
export function presentContact(contact: Contact, configuration: Configuration): ContactCard {
  const { settings } = configuration.current();
  const settingName = (id: string) => settings.get(id)?.name ?? 'deleted setting';
  const provenBy: ContactCard['provenBy'] = {};
  for (const field of CONTACT_FIELDS) {
    const setting = contact.provenBy[field];
    if (setting !== undefined) provenBy[field] = settingName(setting);
  }
  return {
    id: contact.id,
    ...known(contact),
    verified: contact.identities.length > 0,
    provenBy,
    createdAt: time(contact.createdAt),
    changedAt: time(contact.changedAt),
    ...(contact.createdBy ? { createdBy: contact.createdBy.name } : {}),
    identities: contact.identities.map(({ settingId, issuer, subject, since }) => ({
      setting: settingName(settingId),
      issuer,
      subject,
      since: time(since),
    })),
  };
}

export function known(values: ContactValues): Partial<Record<keyof ContactValues, string>> {
  const shown: Partial<Record<keyof ContactValues, string>> = {};
  for (const field of CONTACT_FIELDS) {
    const value = values[field];
    if (value) shown[field] = value;
  }
  return shown;
}
