import { Select } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField } from '../object/form-context.ts';

const { hours: w } = adminWords;
const SHOWN = 50;

export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];

export function TimeZoneField() {
  const { id, value, set, error } = useField('timeZone', w.timeZone);
  const chosen = typeof value === 'string' ? value : null;
  return (
    <Select
      id={id}
      label={w.timeZone}
      description={w.timeZoneHint}
      error={error}
      className="field-short"
      data={chosen === null || zones.includes(chosen) ? zones : [chosen, ...zones]}
      value={chosen}
      onChange={(next) => set(next ?? undefined)}
      searchable
      limit={SHOWN}
      nothingFoundMessage={adminWords.fields.noMatch}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
