import { ColorInput } from '@mantine/core';
import { useField } from '../object/form-context.ts';
import { type FieldProps, labelOf } from './label-of.ts';

/** A colour such as `#2f4a3c`. */
export function ColorField({ initial, ...props }: FieldProps & { initial: string }) {
  const { id, value, set, error } = useField(props.path, props.label);
  return (
    <ColorInput
      id={id}
      label={labelOf(props)}
      description={props.description}
      error={error}
      value={typeof value === 'string' ? value : initial}
      onChange={set}
      format="hex"
      withEyeDropper={false}
      className="field-short"
      popoverProps={{ withinPortal: false }}
    />
  );
}
