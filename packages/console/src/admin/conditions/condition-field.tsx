import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField } from '../object/form-context.ts';
import { asKind, isGroup, kindOf, withFurther } from './condition-kinds.ts';
import { ConditionParts } from './condition-parts.tsx';
import { KindChoice } from './kind-choice.tsx';
import { PlainCondition } from './plain-condition.tsx';
import './conditions.css';

const { rules: w } = adminWords;

interface Props {
  path: string;
  label: string;
  /** Not there: it cannot be removed. */
  onRemove?: () => void;
  /** It stands alone, so that others can be put beside it. */
  alone?: boolean;
}

/** One condition of a rule, or several together, written from left to right as one would say it. */
export function ConditionField({ path, label, onRemove, alone = false }: Props) {
  const { id, value, set, error } = useField(path, label);
  const kind = kindOf(value);
  return (
    <div
      className={`condition ${isGroup(kind) || kind === 'not' ? 'condition-group' : ''}`}
      id={id}
    >
      <div className="condition-line">
        <KindChoice label={label} kind={kind} onChoose={(next) => set(asKind(value, next))} />
        {kind === null || isGroup(kind) || kind === 'not' ? null : (
          <PlainCondition path={path} kind={kind} label={label} />
        )}
        {onRemove ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            className="condition-remove"
            aria-label={w.remove(label)}
            title={w.remove(label)}
            onClick={onRemove}
          >
            <IconTrash size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        ) : null}
      </div>
      {isGroup(kind) ? <ConditionParts path={path} label={label} kind={kind} /> : null}
      {kind === 'not' ? (
        <div className="condition-parts">
          <ConditionField path={`${path}.not`} label={`${label}.1`} />
        </div>
      ) : null}
      {error ? (
        <p className="screen-problem" role="alert">
          {error}
        </p>
      ) : null}
      {alone && kind !== null && !isGroup(kind) ? (
        <div className="condition-further">
          {(['all', 'any'] as const).map((group) => (
            <Button
              key={group}
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
              onClick={() => set(withFurther(value, group))}
            >
              {w.further[group]}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
