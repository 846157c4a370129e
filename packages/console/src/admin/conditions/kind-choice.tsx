import { Select } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { type ConditionKind, conditionKinds } from './condition-kinds.ts';

const { rules: w } = adminWords;

const combined: readonly ConditionKind[] = ['all', 'any', 'not'];
const option = (kind: ConditionKind) => ({ value: kind, label: w.kinds[kind] });
const data = [
  {
    group: w.kindGroups.plain,
    items: conditionKinds.filter((kind) => !combined.includes(kind)).map(option),
  },
  { group: w.kindGroups.combined, items: combined.map(option) },
];

interface Props {
  label: string;
  kind: ConditionKind | null;
  onChoose: (kind: ConditionKind) => void;
}

export function KindChoice({ label, kind, onChoose }: Props) {
  return (
    <Select
      aria-label={w.kind(label)}
      className="condition-kind"
      data={data}
      value={kind}
      onChange={(next) => {
        const chosen = conditionKinds.find((known) => known === next);
        if (chosen) onChoose(chosen);
      }}
      allowDeselect={false}
      maxDropdownHeight={420}
      comboboxProps={{ width: 260, position: 'bottom-start' }}
    />
  );
}
