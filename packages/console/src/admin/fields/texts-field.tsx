import { TagsInput } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField } from '../object/form-context.ts';
import { type FieldProps, labelOf } from './label-of.ts';
import { textsOf } from './texts-of.ts';

interface Props extends FieldProps {
  placeholder?: string;
  /** What is often written here. */
  suggestions?: readonly string[];
  /** Signs that end a text besides Enter; default: comma, semicolon and space. */
  separators?: readonly string[];
}

const SEPARATORS = [',', ' ', ';'];

/** A list of short texts. */
export function TextsField({ placeholder, suggestions = [], separators, ...props }: Props) {
  const { id, value, set, error } = useField(props.path, props.label);
  const texts = textsOf(value);
  return (
    <TagsInput
      id={id}
      label={labelOf(props)}
      description={props.description}
      error={error}
      value={texts}
      onChange={(next) => set(next.map((text) => text.trim()).filter((text) => text !== ''))}
      data={[...suggestions]}
      placeholder={placeholder ?? adminWords.fields.addHint}
      splitChars={[...(separators ?? SEPARATORS)]}
      acceptValueOnBlur
      comboboxProps={{ withinPortal: false }}
    />
  );
}
