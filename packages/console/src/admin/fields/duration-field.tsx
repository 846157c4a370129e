import { Input, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField } from '../object/form-context.ts';
import { readableDuration, type Unit, unitOf, units } from './duration.ts';
import { type FieldProps, labelOf } from './label-of.ts';

const { fields: w } = adminWords;
const options = [...units].reverse().map((unit) => ({ value: String(unit), label: w.units[unit] }));

interface Props extends FieldProps {
  /** Seconds, all three. */
  min: number;
  max: number;
  /** What holds while nothing is there. */
  initial: number;
}

/** A time in the unit that suits it; stored in seconds. */
export function DurationField({ min, max, initial, ...props }: Props) {
  const { id, value, set, error } = useField(props.path, props.label);
  const seconds = typeof value === 'number' ? value : initial;
  const [chosen, setChosen] = useState<Unit | null>(null);
  const unit = chosen !== null && seconds % chosen === 0 ? chosen : unitOf(seconds);
  const range = w.range(readableDuration(min), readableDuration(max));
  const change = (amount: number, of: Unit) => {
    setChosen(of);
    set(amount * of);
  };
  return (
    <Input.Wrapper
      id={id}
      label={labelOf(props)}
      description={props.description ? `${props.description} ${range}.` : `${range}.`}
      error={error}
    >
      <div className="field-duration">
        <NumberInput
          id={id}
          value={seconds / unit}
          onChange={(next) => change(typeof next === 'number' ? next : 0, unit)}
          error={error !== null}
          min={0}
          allowDecimal={false}
          hideControls
        />
        <Select
          aria-label={w.unit(props.label)}
          data={options}
          value={String(unit)}
          onChange={(next) => {
            const of = units.find((known) => String(known) === next);
            if (of !== undefined) change(seconds / unit, of);
          }}
          allowDeselect={false}
        />
      </div>
    </Input.Wrapper>
  );
}
