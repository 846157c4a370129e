import { TextInput } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { DurationField } from '../fields/duration-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { ItemsField } from '../fields/items-field.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useField } from '../object/form-context.ts';
import { BubbleFields } from './bubble-fields.tsx';
import { freshIdentifier } from './initial-messages.ts';
import { useIdentifiers } from './use-identifiers.ts';
import { localMinute, utcMinute } from './utc-minute.ts';

const { richMessages: w } = adminWords;

export function TimeFields() {
  const identifiers = useIdentifiers();
  return (
    <>
      <FieldGroup title={w.bubble} lead={w.timeLead}>
        <BubbleFields />
      </FieldGroup>
      <FieldGroup title={w.times} lead={w.timesLead}>
        <TextField path="title" label={w.timeTitle} description={w.timeTitleHint} />
        <ItemsField
          path="timeslots"
          label={w.times}
          fresh={() => ({ identifier: freshIdentifier(identifiers), duration: 1800 })}
          itemName={w.timeAt}
          add={w.addTime}
          max={100}
        >
          {(path) => (
            <>
              <StartField path={`${path}.startTime`} />
              <DurationField
                path={`${path}.duration`}
                label={w.duration}
                min={60}
                max={2_592_000}
                initial={1800}
              />
            </>
          )}
        </ItemsField>
        <NumberField
          path="timezoneOffset"
          label={w.offset}
          description={w.offsetHint}
          min={-720}
          max={840}
          unit="min"
          optional
        />
      </FieldGroup>
    </>
  );
}

/** Written by the own clock, kept in UTC. */
function StartField({ path }: { path: string }) {
  const { id, value, set, error } = useField(path, w.start);
  return (
    <TextInput
      id={id}
      type="datetime-local"
      label={w.start}
      description={w.startHint}
      error={error}
      className="field-short"
      value={typeof value === 'string' ? localMinute(value) : ''}
      onChange={(event) => set(utcMinute(event.currentTarget.value))}
    />
  );
}
