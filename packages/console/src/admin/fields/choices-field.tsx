import { Checkbox } from '@mantine/core';
import { useField } from '../object/form-context.ts';
import type { Choice } from './choice-field.tsx';
import { type FieldProps, labelOf } from './label-of.ts';
import { textsOf } from './texts-of.ts';

/** Any of a few, in the order in which they are offered. */
export function ChoicesField({ choices, ...props }: FieldProps & { choices: readonly Choice[] }) {
  const { id, value, set, error } = useField(props.path, props.label);
  const ordered = (chosen: string[]) =>
    choices.map((choice) => choice.value).filter((one) => chosen.includes(one));
  return (
    <Checkbox.Group
      id={id}
      label={labelOf(props)}
      description={props.description}
      error={error}
      value={textsOf(value)}
      onChange={(chosen) => set(ordered(chosen))}
    >
      <div className="field-choices">
        {choices.map((choice) => (
          <Checkbox
            key={choice.value}
            value={choice.value}
            label={choice.label}
            description={choice.description}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
