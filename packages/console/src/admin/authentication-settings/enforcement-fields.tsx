import { useSettings } from '../../attempts/use-settings.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { useForm, useValue } from '../object/form-context.ts';
import { valueAt } from '../object/paths.ts';

const { settings: w } = adminWords;

const choices = (['off', 'observe', 'enforced'] as const).map((value) => ({
  value,
  label: w.enforcements[value],
  description: w.enforcementHints[value],
}));

/** Where this type of setting knows it: what becomes of guests, and how many it would concern. */
export function EnforcementFields() {
  const { id } = useForm();
  if (useValue('enforcement') === undefined) return null;
  return (
    <FieldGroup title={w.enforcement} lead={w.enforcementLead}>
      <ChoiceField path="enforcement" label={w.enforcement} choices={choices} initial="enforced" />
      {id === null ? null : <WouldBeRefused id={id} />}
    </FieldGroup>
  );
}

function WouldBeRefused({ id }: { id: string }) {
  const isObserved = useValue('enforcement') === 'observe';
  const settings = useSettings();
  const counted = settings.data?.items.find((one) => one.id === id);
  const day = valueAt(counted, 'wouldBeRefused.last24h');
  const week = valueAt(counted, 'wouldBeRefused.last7d');
  if (!isObserved || typeof day !== 'number' || typeof week !== 'number') return null;
  return (
    <p className="screen-notice" role="status">
      {w.wouldBeRefused(day, week)}
    </p>
  );
}
