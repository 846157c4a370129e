import type { Section } from '@countersign/protocol';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useForm, useText } from '../object/form-context.ts';
import { useFoundNames } from './use-found-names.ts';

const { fields: w } = adminWords;

interface Props {
  path: string;
  /** For whoever does not see where it stands. */
  label: string;
  section: Section;
}

/** The name of an object within a sentence: without a label above it and a link below it. */
export function NameChoice({ path, label, section }: Props) {
  const { set } = useForm();
  const chosen = useText(path);
  const [search, setSearch] = useState('');
  const found = useFoundNames(section, search === chosen ? '' : search);
  const names = (found.data?.items ?? []).map(({ name }) => name);
  return (
    <Select
      aria-label={label}
      placeholder={w.search}
      data={chosen === '' || names.includes(chosen) ? names : [chosen, ...names]}
      value={chosen === '' ? null : chosen}
      onChange={(next) => set(path, next ?? '')}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage={found.isError ? w.searchFailed : w.noMatch}
      allowDeselect={false}
      className="condition-operand"
    />
  );
}
