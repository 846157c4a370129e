import { SegmentedControl } from '@mantine/core';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { ItemsField } from '../fields/items-field.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { ReferenceField } from '../fields/reference-field.tsx';
import { useForm, useValue } from '../object/form-context.ts';
import { isMap } from '../object/paths.ts';

const { workstreams: w } = adminWords;

/** Where a rule sends to: one queue, or several that share. */
export function RuleTarget({ path }: { path: string }) {
  const { set } = useForm();
  const rule = useValue(path);
  const shares = isMap(rule) && Array.isArray(rule.allocate);
  return (
    <>
      <SegmentedControl
        aria-label={w.target}
        className="field-short"
        value={shares ? 'several' : 'one'}
        data={[
          { value: 'one', label: w.oneQueue },
          { value: 'several', label: w.severalQueues },
        ]}
        onChange={(next) => set(path, next === 'several' ? shared(rule) : single(rule))}
      />
      {shares ? (
        <Shares path={`${path}.allocate`} />
      ) : (
        <ReferenceField path={`${path}.queue`} label={w.queue} section="queues" />
      )}
    </>
  );
}

/** The queue that was chosen is the first of those that share. */
function shared(rule: unknown): unknown {
  const { queue, ...rest } = isMap(rule) ? rule : {};
  const allocate = [
    { queue: queue ?? '', percent: 50 },
    { queue: '', percent: 50 },
  ];
  return { ...rest, allocate };
}

function single(rule: unknown): unknown {
  const { allocate, ...rest } = isMap(rule) ? rule : {};
  const first: unknown = Array.isArray(allocate) ? allocate[0] : null;
  return { ...rest, queue: isMap(first) ? first.queue : '' };
}

function Shares({ path }: { path: string }) {
  return (
    <ItemsField
      path={path}
      label={w.shares}
      description={`${w.sharesHint} ${w.sum(sumOf(useValue(path)))}`}
      fresh={() => ({ queue: '', percent: 10 })}
      itemName={w.shareAt}
      add={w.addShare}
      max={5}
    >
      {(share) => (
        <div className="field-pair">
          <ReferenceField path={`${share}.queue`} label={w.queue} section="queues" />
          <NumberField path={`${share}.percent`} label={w.percent} min={1} max={100} unit="%" />
        </div>
      )}
    </ItemsField>
  );
}

const sumOf = (shares: unknown): number =>
  (Array.isArray(shares) ? shares : []).reduce<number>(
    (sum, share) => sum + (isMap(share) && typeof share.percent === 'number' ? share.percent : 0),
    0,
  );
