import { Checkbox, Select } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useForm, useText, useValue } from '../object/form-context.ts';
import { Comparison } from './comparison.tsx';
import { operatorOf, operatorsFor, withOperator } from './operators.ts';
import { useContextVariables } from './use-context-variables.ts';

const { rules: w } = adminWords;

/** A context variable of the workstream, compared as its type allows. */
export function VariableCondition({ path, label }: { path: string; label: string }) {
  const { set } = useForm();
  const condition = useValue(path);
  const chosen = useText(`${path}.variable`);
  const variables = useContextVariables();
  const typeOf = (name: string) => variables.find((one) => one.name === name)?.type ?? 'text';
  const names = variables.map(({ name }) => name);
  const choose = (name: string) => {
    const type = typeOf(name);
    const operator = operatorOf(condition);
    const kept = operator && operatorsFor(type).includes(operator) ? operator : 'is';
    set(path, withVariable(withOperator(condition, kept, type), name));
  };
  const { signed } = w;
  return (
    <>
      <Select
        aria-label={`${label}: ${w.variable}`}
        placeholder={names.length === 0 ? w.noVariable : w.variable}
        data={chosen === '' || names.includes(chosen) ? names : [chosen, ...names]}
        value={chosen === '' ? null : chosen}
        onChange={(next) => choose(next ?? '')}
        allowDeselect={false}
        className="condition-operand"
      />
      <Comparison path={path} label={label} type={typeOf(chosen)} />
      <Checkbox
        label={signed}
        aria-label={`${label}: ${signed}`}
        title={w.signedHint}
        checked={useValue(`${path}.signed`) === true}
        onChange={(event) => set(`${path}.signed`, event.currentTarget.checked || undefined)}
      />
    </>
  );
}

const withVariable = (condition: unknown, variable: string): unknown =>
  Object.assign({}, condition, { variable });
