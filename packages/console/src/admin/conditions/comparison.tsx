import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useForm, useValue } from '../object/form-context.ts';
import {
  type Operator,
  operandFrom,
  operandOf,
  operatorOf,
  operatorsFor,
  withOperator,
} from './operators.ts';

const { rules: w } = adminWords;

interface Props {
  /** Of the condition. */
  path: string;
  label: string;
  type: 'text' | 'number';
}

/** How it is compared, and with what. */
export function Comparison({ path, label, type }: Props) {
  const { set } = useForm();
  const condition = useValue(path);
  const operator = operatorOf(condition);
  const operators = operatorsFor(type);
  return (
    <>
      <Select
        aria-label={`${label}: ${w.operator}`}
        data={operators.map((value) => ({ value, label: w.operators[value] }))}
        value={operator}
        onChange={(next) => {
          const chosen = operators.find((known) => known === next);
          if (chosen) set(path, withOperator(condition, chosen, type));
        }}
        allowDeselect={false}
        className="condition-operator"
      />
      {operator === null ? null : (
        <Operand path={path} label={label} type={type} operator={operator} />
      )}
    </>
  );
}

function Operand({ path, label, type, operator }: Props & { operator: Operator }) {
  const { set } = useForm();
  const value = operandOf(useValue(path));
  const list: unknown[] = Array.isArray(value) ? value : [];
  if (operator === 'hasValue' || operator === 'hasNoValue') return null;
  if (operator === 'in') {
    return (
      <TagsInput
        aria-label={`${label}: ${w.values}`}
        placeholder={adminWords.fields.addHint}
        value={list.map(String)}
        onChange={(texts) =>
          set(
            `${path}.in`,
            texts.map((text) => operandFrom(text, type)),
          )
        }
        acceptValueOnBlur
        className="condition-operand condition-wide"
      />
    );
  }
  if (operator === 'between') {
    return [w.from, w.to].map((name, at) => (
      <NumberOperand
        key={name}
        label={`${label}: ${name}`}
        value={list[at]}
        onChange={(next) => set(`${path}.between`, list.toSpliced(at, 1, next))}
      />
    ));
  }
  if (type === 'number') {
    return (
      <NumberOperand
        label={`${label}: ${w.value}`}
        value={value}
        onChange={(next) => set(`${path}.${operator}`, next)}
      />
    );
  }
  return (
    <TextInput
      aria-label={`${label}: ${w.value}`}
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      onChange={(event) => set(`${path}.${operator}`, event.currentTarget.value)}
      className="condition-operand"
    />
  );
}

interface NumberProps {
  label: string;
  value: unknown;
  onChange: (value: string | number) => void;
}

/** What is no number stays as it was written, for the node to say so. */
const NumberOperand = ({ label, value, onChange }: NumberProps) => (
  <NumberInput
    aria-label={label}
    value={typeof value === 'number' || typeof value === 'string' ? value : ''}
    onChange={onChange}
    hideControls
    className="condition-number"
  />
);
