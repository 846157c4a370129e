import { Switch } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { DurationField } from '../fields/duration-field.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { ReferenceField } from '../fields/reference-field.tsx';
import { useForm, useText, useValue } from '../object/form-context.ts';
import { valueAt } from '../object/paths.ts';
import './queues.css';

const { queues: w } = adminWords;

const actions = (['transfer', 'assign', 'end'] as const).map((value) => ({
  value,
  label: w.actions[value],
}));
/** What has waited already cannot wait on. */
const actionsAfterWaiting = actions.filter(({ value }) => value !== 'assign');

const limits = ['outsideHours', 'length', 'waitingTime'] as const;
type Limit = (typeof limits)[number];

const fresh: Record<Limit, object> = {
  outsideHours: { action: 'transfer' },
  length: { above: 20, action: 'transfer' },
  waitingTime: { above: 600, action: 'transfer' },
};

/** What the queue does beyond one of its limits; off: it does not have that limit. */
export function OverflowLimit({ limit }: { limit: Limit }) {
  const form = useForm();
  const path = `overflow.${limit}`;
  const isOn = useValue(path) !== undefined;
  const overflow = useValue('overflow');
  const isOnly = !limits.some((other) => other !== limit && valueAt(overflow, other) !== undefined);
  const switchOff = () => form.set(isOnly ? 'overflow' : path, undefined);
  return (
    <div className="overflow-limit">
      <Switch
        label={w.limits[limit]}
        description={w.limitHints[limit]}
        checked={isOn}
        onChange={(event) =>
          event.currentTarget.checked ? form.set(path, fresh[limit]) : switchOff()
        }
      />
      {isOn ? <LimitFields limit={limit} path={path} /> : null}
    </div>
  );
}

function LimitFields({ limit, path }: { limit: Limit; path: string }) {
  const action = useText(`${path}.action`);
  return (
    <div className="overflow-fields">
      {limit === 'length' ? (
        <NumberField path={`${path}.above`} label={w.above} min={1} max={100} unit={w.waiting} />
      ) : null}
      {limit === 'waitingTime' ? (
        <DurationField
          path={`${path}.above`}
          label={w.aboveTime}
          min={60}
          max={172_800}
          initial={600}
        />
      ) : null}
      <ChoiceField
        path={`${path}.action`}
        label={w.action}
        choices={limit === 'waitingTime' ? actionsAfterWaiting : actions}
      />
      {action === 'transfer' ? (
        <ReferenceField path={`${path}.queue`} label={w.otherQueue} section="queues" />
      ) : null}
    </div>
  );
}
