import { MultiSelect } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { textsOf } from '../fields/texts-of.ts';
import { useForm, useValue } from '../object/form-context.ts';

const { rules: w } = adminWords;
const data = Object.entries(w.states).map(([value, label]) => ({ value, label }));

/** Any of these states. */
export function IdentityStates({ path, label }: { path: string; label: string }) {
  const { set } = useForm();
  return (
    <MultiSelect
      aria-label={label}
      data={data}
      value={textsOf(useValue(path))}
      onChange={(next) => set(path, next)}
      className="condition-operand condition-wide"
    />
  );
}
