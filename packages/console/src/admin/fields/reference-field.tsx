import type { Section } from '@countersign/protocol';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { mayRead } from '../../shell/roles.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField } from '../object/form-context.ts';
import { ObjectLink } from '../object/object-link.tsx';
import { type FieldProps, labelOf } from './label-of.ts';
import { useFoundNames } from './use-found-names.ts';

const { fields: w } = adminWords;

interface Props extends FieldProps {
  /** What is referred to. */
  section: Section;
  /** Which of them can be referred to here. */
  fits?: (object: unknown) => boolean;
}

/** The name of an object of another section, found by writing part of it. */
export function ReferenceField({ section, fits = () => true, ...props }: Props) {
  const { id, value, set, error } = useField(props.path, props.label);
  const roles = useWorkspaceState((state) => state.me.roles);
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  const [search, setSearch] = useState('');
  const found = useFoundNames(section, search === chosen ? '' : search);
  const items = (found.data?.items ?? []).filter(({ object }) => fits(object));
  const names = items.map(({ name }) => name);
  const entry = items.find(({ name }) => name === chosen);
  return (
    <div className="field-reference">
      <Select
        id={id}
        label={labelOf(props)}
        description={props.description}
        error={found.isError ? w.searchFailed : error}
        placeholder={props.optional ? w.none : w.search}
        data={chosen === null || names.includes(chosen) ? names : [chosen, ...names]}
        value={chosen}
        onChange={(next) => set(next ?? undefined)}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        filter={({ options }) => options}
        nothingFoundMessage={w.noMatch}
        clearable={props.optional === true}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      {entry && mayRead(roles, section) ? (
        <ObjectLink section={section} id={entry.id}>
          {w.open(entry.name)}
        </ObjectLink>
      ) : null}
    </div>
  );
}
