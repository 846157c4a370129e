import { SegmentedControl, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { NameChoice } from '../fields/name-choice.tsx';
import { useForm, useText, useValue } from '../object/form-context.ts';
import { Comparison } from './comparison.tsx';
import type { ConditionKind } from './condition-kinds.ts';
import { IdentityStates } from './identity-states.tsx';
import { VariableCondition } from './variable-condition.tsx';

const { rules: w } = adminWords;

const methods = Object.entries(w.methods).map(([value, label]) => ({ value, label }));
const contactFields = Object.entries(w.contactFields).map(([value, label]) => ({ value, label }));

interface Props {
  path: string;
  label: string;
  kind: Exclude<ConditionKind, 'all' | 'any' | 'not'>;
}

/** What stands behind the kind of a condition. */
export function PlainCondition({ path, label, kind }: Props): ReactNode {
  const named = `${label}: ${w.kinds[kind]}`;
  switch (kind) {
    case 'authenticated':
      return <YesOrNo path={`${path}.authenticated`} label={named} />;
    case 'identity':
      return <IdentityStates path={`${path}.identity`} label={named} />;
    case 'method':
      return <OneOf path={`${path}.method`} label={named} data={methods} />;
    case 'setting':
      return <NameChoice path={`${path}.setting`} label={named} section="authenticationSettings" />;
    case 'deployment':
      return <NameChoice path={`${path}.deployment`} label={named} section="deployments" />;
    case 'locale':
      return <Locale path={`${path}.locale`} label={w.language} />;
    case 'hours':
      return (
        <>
          <NameChoice path={`${path}.hours`} label={named} section="operatingHours" />
          <OpenOrClosed path={`${path}.open`} label={`${label}: ${w.openOrClosed}`} />
        </>
      );
    case 'contact':
      return (
        <>
          <OneOf path={`${path}.contact`} label={`${label}: ${w.field}`} data={contactFields} />
          <Comparison path={path} label={label} type="text" />
        </>
      );
    case 'variable':
      return <VariableCondition path={path} label={label} />;
  }
}

interface FieldProps {
  path: string;
  label: string;
}

function YesOrNo({ path, label }: FieldProps) {
  const { set } = useForm();
  const value = useValue(path) !== false;
  return (
    <SegmentedControl
      aria-label={label}
      value={value ? 'yes' : 'no'}
      data={[
        { value: 'yes', label: w.yes },
        { value: 'no', label: w.no },
      ]}
      onChange={(next) => set(path, next === 'yes')}
    />
  );
}

function OpenOrClosed({ path, label }: FieldProps) {
  const { set } = useForm();
  const open = useValue(path) !== false;
  return (
    <SegmentedControl
      aria-label={label}
      value={open ? 'open' : 'closed'}
      data={[
        { value: 'open', label: w.isOpen },
        { value: 'closed', label: w.isClosed },
      ]}
      onChange={(next) => set(path, next === 'open')}
    />
  );
}

function OneOf({ path, label, data }: FieldProps & { data: { value: string; label: string }[] }) {
  const { set } = useForm();
  return (
    <Select
      aria-label={label}
      data={data}
      value={useText(path)}
      onChange={(next) => set(path, next ?? '')}
      allowDeselect={false}
      className="condition-operand"
    />
  );
}

function Locale({ path, label }: FieldProps) {
  const { set } = useForm();
  return (
    <TextInput
      aria-label={label}
      placeholder="de"
      maxLength={35}
      value={useText(path)}
      onChange={(event) => set(path, event.currentTarget.value)}
      className="condition-number"
    />
  );
}
