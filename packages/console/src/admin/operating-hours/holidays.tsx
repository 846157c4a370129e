import { TextInput } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ItemsField } from '../fields/items-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useField } from '../object/form-context.ts';

const { hours: w } = adminWords;

export function Holidays() {
  return (
    <ItemsField
      path="holidays"
      label={w.holidays}
      fresh={() => ({})}
      itemName={w.holidayAt}
      add={w.addHoliday}
    >
      {(path) => (
        <div className="field-pair">
          <TextField path={`${path}.name`} label={w.name} />
          <DayField path={`${path}.date`} />
        </div>
      )}
    </ItemsField>
  );
}

function DayField({ path }: { path: string }) {
  const { id, value, set, error } = useField(path, w.day);
  return (
    <TextInput
      id={id}
      type="date"
      label={w.day}
      error={error}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => set(event.currentTarget.value || undefined)}
    />
  );
}
