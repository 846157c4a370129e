import { Radio } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { DurationField } from '../fields/duration-field.tsx';
import { useField } from '../object/form-context.ts';

const { settings: w } = adminWords;
const choices = ['session', 'token', 'seconds'] as const;
const FIRST_SECONDS = 3600;

/** `session`, `token`, or a number of seconds. */
export function ReproofField() {
  const { id, value, set, error } = useField('reproof', w.reproof);
  const isTime = typeof value === 'number';
  return (
    <>
      <Radio.Group
        id={id}
        label={w.reproof}
        error={isTime ? null : error}
        value={isTime ? 'seconds' : typeof value === 'string' ? value : 'session'}
        onChange={(next) => set(next === 'seconds' ? FIRST_SECONDS : next)}
      >
        <div className="field-choices">
          {choices.map((choice) => (
            <Radio
              key={choice}
              value={choice}
              label={w.reproofs[choice]}
              description={w.reproofHints[choice]}
            />
          ))}
        </div>
      </Radio.Group>
      {isTime ? (
        <DurationField
          path="reproof"
          label={w.reproofTime}
          min={30}
          max={7_776_000}
          initial={FIRST_SECONDS}
        />
      ) : null}
    </>
  );
}
