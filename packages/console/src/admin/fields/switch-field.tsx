import { Switch } from '@mantine/core';
import { useField } from '../object/form-context.ts';
import type { FieldProps } from './label-of.ts';

/** On or off; `initial`: what holds while nothing is there. */
export function SwitchField({ initial = false, ...props }: FieldProps & { initial?: boolean }) {
  const { id, value, set, error } = useField(props.path, props.label);
  return (
    <Switch
      id={id}
      label={props.label}
      description={props.description}
      error={error}
      checked={typeof value === 'boolean' ? value : initial}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}
