import type { Section } from '@countersign/protocol';
import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField } from '../object/form-context.ts';
import { type FieldProps, labelOf } from './label-of.ts';
import { textsOf } from './texts-of.ts';
import { useFoundNames } from './use-found-names.ts';

const { fields: w } = adminWords;

interface Props extends FieldProps {
  section: Section;
  /** Which of them can be referred to here. */
  fits?: (object: unknown) => boolean;
}

/** Names of objects of another section; of users, their email addresses. */
export function ReferencesField({ section, fits = () => true, ...props }: Props) {
  const { id, value, set, error } = useField(props.path, props.label);
  const chosen = textsOf(value);
  const [search, setSearch] = useState('');
  const found = useFoundNames(section, search);
  const names = (found.data?.items ?? [])
    .filter(({ object }) => fits(object))
    .map(({ name }) => name);
  return (
    <MultiSelect
      id={id}
      label={labelOf(props)}
      description={props.description}
      error={found.isError ? w.searchFailed : error}
      placeholder={w.search}
      data={[...new Set([...chosen, ...names])]}
      value={chosen}
      onChange={set}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      hidePickedOptions
      nothingFoundMessage={w.noMatch}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
