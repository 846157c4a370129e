import { Select, TextInput } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { operandFrom } from '../conditions/operators.ts';
import { useContextVariables } from '../conditions/use-context-variables.ts';
import { useField, useText } from '../object/form-context.ts';

const { workstreams: w, rules } = adminWords;

/** A variable, and what it is set to, in its own type. */
export function SetVariable({ path }: { path: string }) {
  const variables = useContextVariables();
  const name = useField(`${path}.variable`, rules.variable);
  const value = useField(`${path}.value`, rules.value);
  const chosen = useText(`${path}.variable`);
  const type = variables.find((one) => one.name === chosen)?.type ?? 'text';
  return (
    <div className="field-pair">
      <Select
        id={name.id}
        label={rules.variable}
        placeholder={variables.length === 0 ? rules.noVariable : ''}
        data={[...new Set([...(chosen === '' ? [] : [chosen]), ...variables.map((v) => v.name)])]}
        value={chosen === '' ? null : chosen}
        onChange={(next) => name.set(next ?? '')}
        allowDeselect={false}
        error={name.error}
      />
      <TextInput
        id={value.id}
        label={`${rules.value} (${w.types[type]})`}
        value={String(value.value ?? '')}
        onChange={(event) => value.set(operandFrom(event.currentTarget.value, type))}
        error={value.error}
      />
    </div>
  );
}
