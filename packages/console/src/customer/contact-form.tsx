import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ContactField, type ContactValues, contactFields } from '../api/workspace-api.ts';
import { words } from '../strings/words.ts';
import { ProvenMark } from './contact-fields.tsx';

const types = { name: 'text', email: 'email', phone: 'tel' } as const;

export function useContactForm(initial: ContactValues) {
  const [values, setValues] = useState<Record<ContactField, string>>({
    name: initial.name ?? '',
    email: initial.email ?? '',
    phone: initial.phone ?? '',
  });
  return {
    values,
    set: (field: ContactField, value: string) => setValues((all) => ({ ...all, [field]: value })),
    isEmpty: contactFields.every((field) => values[field].trim() === ''),
    /** What is filled in. */
    filled: (): ContactValues =>
      Object.fromEntries(
        contactFields.flatMap((field) => {
          const value = values[field].trim();
          return value === '' ? [] : [[field, value]];
        }),
      ),
  };
}

interface Props {
  form: ReturnType<typeof useContactForm>;
  provenBy?: ContactValues;
  missing: boolean;
}

export function ContactForm({ form, provenBy = {}, missing }: Props) {
  const first = contactFields.find((field) => provenBy[field] === undefined);
  return contactFields.map((field) => {
    const setting = provenBy[field];
    return (
      <TextInput
        key={field}
        {...(field === first ? { 'data-autofocus': true } : {})}
        label={words.contacts.fields[field]}
        type={types[field]}
        maxLength={200}
        autoComplete="off"
        value={form.values[field]}
        readOnly={setting !== undefined}
        description={setting === undefined ? null : words.contacts.proven(setting)}
        rightSection={<ProvenMark setting={setting} />}
        error={missing && field === first ? words.contacts.fillOne : null}
        onChange={(event) => form.set(field, event.currentTarget.value)}
      />
    );
  });
}
