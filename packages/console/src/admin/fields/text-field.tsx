import { Textarea, TextInput } from '@mantine/core';
import { useField } from '../object/form-context.ts';
import { type FieldProps, labelOf } from './label-of.ts';

interface Props extends FieldProps {
  placeholder?: string;
  /** Several lines, at least so many. */
  rows?: number;
  /** As it is read by machines: addresses, names of functions. */
  exact?: boolean;
  type?: 'text' | 'url' | 'email';
}

/** A text. Empty is the same as not there. */
export function TextField({ placeholder, rows, exact = false, type = 'text', ...props }: Props) {
  const { id, value, set, error } = useField(props.path, props.label);
  const shared = {
    id,
    label: labelOf(props),
    description: props.description,
    placeholder,
    error,
    value: typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    spellCheck: !exact,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      set(event.currentTarget.value === '' ? undefined : event.currentTarget.value),
  };
  if (rows === undefined) return <TextInput {...shared} type={type === 'url' ? 'text' : type} />;
  return <Textarea {...shared} autosize minRows={rows} maxRows={16} />;
}
