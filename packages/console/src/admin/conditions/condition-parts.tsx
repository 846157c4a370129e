import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField } from '../object/form-context.ts';
import { ConditionField } from './condition-field.tsx';
import { freshCondition, partsOf, withoutPart } from './condition-kinds.ts';

const { rules: w } = adminWords;
const MAX_PARTS = 100;

interface Props {
  path: string;
  label: string;
  kind: 'all' | 'any';
}

/** The conditions of a group, of which all or one have to hold. */
export function ConditionParts({ path, label, kind }: Props) {
  const { value, set } = useField(path, label);
  const parts = partsOf(value);
  return (
    <div className="condition-parts">
      {parts.map((_, at) => (
        <ConditionField
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is all that a part has of its own
          key={at}
          path={`${path}.${kind}[${at}]`}
          label={`${label}.${at + 1}`}
          {...(parts.length > 1 ? { onRemove: () => set(withoutPart(value, at)) } : {})}
        />
      ))}
      {parts.length < MAX_PARTS ? (
        <Button
          variant="subtle"
          size="compact-sm"
          className="field-add"
          leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
          onClick={() => set({ [kind]: [...parts, freshCondition('authenticated')] })}
        >
          {w.add}
        </Button>
      ) : null}
    </div>
  );
}
