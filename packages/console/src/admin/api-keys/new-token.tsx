import { useEffect } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { CopiedText } from '../copy/copied-text.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { shownOnce } from './shown-once.ts';

const { apiKeys: w } = adminWords;

/** The token of a key that was just saved; with the page it is gone. */
export function NewToken({ id }: { id: string }) {
  const token = shownOnce.of(id);
  useEffect(() => () => shownOnce.forget(id), [id]);
  if (token === null) return null;
  return (
    <FieldGroup title={w.newKey} lead={w.newKeyLead}>
      <CopiedText text={token} what={w.key} />
    </FieldGroup>
  );
}
