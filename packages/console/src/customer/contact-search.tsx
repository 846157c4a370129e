import { Radio, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ContactFound, workspaceApi } from '../api/workspace-api.ts';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { nameOf } from './use-contact.ts';

const SETTLE_MS = 200;
const SHORTEST = 2;

interface Props {
  label: string;
  /** Not shown: the contact that is there already. */
  except?: string | undefined;
  chosen: ContactFound | null;
  onChoose: (contact: ContactFound | null) => void;
}

/** Finds a contact and chooses it, by keyboard as by pointer. */
export function ContactSearch({ label, except, chosen, onChoose }: Props) {
  const [said, setSaid] = useState('');
  const [search] = useDebouncedValue(said.trim(), SETTLE_MS);
  const asked = search.length >= SHORTEST;
  const found = useQuery({
    queryKey: ['contact', 'search', search],
    queryFn: () => workspaceApi.searchContacts(search),
    enabled: asked,
    placeholderData: keepPreviousData,
  });
  const items = asked ? (found.data?.items.filter(({ id }) => id !== except) ?? null) : null;
  return (
    <>
      <TextInput
        data-autofocus
        label={label}
        description={words.contacts.searchHint}
        value={said}
        autoComplete="off"
        onChange={(event) => {
          setSaid(event.currentTarget.value);
          onChoose(null);
        }}
      />
      <p className="secondary" role="status">
        {statusOf(asked, found.isError, items, found.data?.next !== undefined)}
      </p>
      {items && items.length > 0 ? (
        <Radio.Group
          aria-label={words.contacts.results}
          value={chosen?.id ?? null}
          onChange={(id) => onChoose(items.find((item) => item.id === id) ?? null)}
        >
          <ul className="contact-results">
            {items.map((item) => (
              <li key={item.id}>
                <Radio value={item.id} label={<FoundLine contact={item} />} />
              </li>
            ))}
          </ul>
        </Radio.Group>
      ) : null}
    </>
  );
}

function FoundLine({ contact }: { contact: ContactFound }) {
  const more = [contact.email, contact.phone].filter((value) => value && value !== nameOf(contact));
  return (
    <>
      {nameOf(contact)} {contact.verified ? <IdentityGlyph state="verified" /> : null}
      {more.length > 0 ? <span className="secondary contact-more">{more.join(' · ')}</span> : null}
    </>
  );
}

function statusOf(
  asked: boolean,
  failed: boolean,
  items: ContactFound[] | null,
  more: boolean,
): string {
  if (!asked) return '';
  if (failed) return words.contacts.searchFailed;
  if (items === null) return words.contacts.searching;
  return more ? words.contacts.more : words.contacts.found(items.length);
}
