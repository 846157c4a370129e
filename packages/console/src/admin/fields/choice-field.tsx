import { Radio, Select } from '@mantine/core';
import { useField } from '../object/form-context.ts';
import { type FieldProps, labelOf } from './label-of.ts';

export interface Choice {
  value: string;
  label: string;
  /** What choosing it does. Where one has it, all of them are laid out. */
  description?: string;
}

interface Props extends FieldProps {
  choices: readonly Choice[];
  /** What holds while nothing is there. */
  initial?: string;
}

/** One of a few. With descriptions as a list to read, otherwise to fold out. */
export function ChoiceField({ choices, initial, ...props }: Props) {
  const { id, value, set, error } = useField(props.path, props.label);
  const chosen = typeof value === 'string' ? value : (initial ?? null);
  const shared = { id, label: labelOf(props), description: props.description, error };
  if (choices.some(({ description }) => description !== undefined)) {
    return (
      <Radio.Group {...shared} value={chosen} onChange={set}>
        <div className="field-choices">
          {choices.map((choice) => (
            <Radio
              key={choice.value}
              value={choice.value}
              label={choice.label}
              description={choice.description}
            />
          ))}
        </div>
      </Radio.Group>
    );
  }
  return (
    <Select
      {...shared}
      className="field-short"
      data={[...choices]}
      value={chosen}
      onChange={(next) => set(next ?? undefined)}
      allowDeselect={false}
      clearable={props.optional === true}
    />
  );
}
