import { useSettings } from '../../attempts/use-settings.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { useForm, useValue } from '../object/form-context.ts';

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
  if (!isObserved || !counted) return null;
  const { last24h, last7d } = counted.wouldBeRefused;
  return (
    <p className="screen-notice" role="status">
      {w.wouldBeRefused(last24h, last7d)}
    </p>
  );
}
