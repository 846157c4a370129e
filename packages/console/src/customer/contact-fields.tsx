import { IconLock } from '@tabler/icons-react';
import { type ContactCard, contactFields } from '../api/workspace-api.ts';
import { words } from '../strings/words.ts';

/** What is known of a contact; what a sign-in gives has a lock and says from where. */
export function ContactFields({ contact }: { contact: ContactCard }) {
  return (
    <dl className="facts">
      {contactFields.map((field) =>
        contact[field] ? (
          <div key={field}>
            <dt>{words.contacts.fields[field]}</dt>
            <dd>
              {contact[field]} <ProvenMark setting={contact.provenBy[field]} />
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

export function ProvenMark({ setting }: { setting: string | undefined }) {
  if (setting === undefined) return null;
  const sentence = words.contacts.proven(setting);
  return (
    <span className="contact-proven" title={sentence}>
      <IconLock size={13} stroke={1.75} aria-hidden />
      <span className="unseen">{sentence}</span>
    </span>
  );
}
