import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { DurationField } from '../fields/duration-field.tsx';
import { FieldGroup } from '../fields/field-group.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { useText } from '../object/form-context.ts';

const { workstreams: w } = adminWords;

/** How agents get the conversations, and how much of a person one takes. */
export function Distribution() {
  const isPushed = useText('distribution') !== 'pick';
  return (
    <FieldGroup title={w.distribution} lead={w.distributionLead}>
      <ChoiceField
        path="distribution"
        label={w.how}
        choices={[
          { value: 'push', label: w.distributions.push, description: w.distributionHints.push },
          { value: 'pick', label: w.distributions.pick, description: w.distributionHints.pick },
        ]}
        initial="push"
      />
      <NumberField
        path="capacity"
        label={w.capacity}
        description={w.capacityHint}
        min={0}
        max={100_000}
        unit={w.units}
        initial={30}
      />
      {isPushed ? (
        <>
          <DurationField
            path="offerTimeout"
            label={w.offerTimeout}
            description={w.offerTimeoutHint}
            min={1}
            max={86_400}
            initial={120}
          />
          <NumberField
            path="declines"
            label={w.declines}
            description={w.declinesHint}
            min={1}
            max={5}
            initial={3}
          />
          <SwitchField
            path="keepSameAgent"
            label={w.keepSameAgent}
            description={w.keepSameAgentHint}
          />
        </>
      ) : null}
      <DurationField
        path="wrapUp"
        label={w.wrapUp}
        description={w.wrapUpHint}
        min={0}
        max={3_600}
        initial={0}
      />
    </FieldGroup>
  );
}
