import { NumberInput } from '@mantine/core';
import { useField } from '../object/form-context.ts';
import { type FieldProps, labelOf } from './label-of.ts';

interface Props extends FieldProps {
  min?: number;
  max?: number;
  /** Behind the number. */
  unit?: string;
  /** What holds while nothing is there. */
  initial?: number;
}

export function NumberField({ min, max, unit, initial, ...props }: Props) {
  const { id, value, set, error } = useField(props.path, props.label);
  return (
    <NumberInput
      id={id}
      label={labelOf(props)}
      description={props.description}
      error={error}
      value={typeof value === 'number' ? value : (initial ?? '')}
      onChange={(next) => set(typeof next === 'number' ? next : undefined)}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(unit === undefined ? {} : { suffix: ` ${unit}` })}
      clampBehavior="none"
      allowDecimal={false}
      hideControls
      className="field-short"
    />
  );
}
