import { ActionIcon, Button } from '@mantine/core';
import { IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useField, useForm, useValue } from '../object/form-context.ts';
import { isMap } from '../object/paths.ts';
import { TimeInput } from './time-input.tsx';
import {
  furtherRange,
  placeOf,
  type Range,
  rangesOf,
  textsOf,
  type Weekday,
  weekdays,
} from './week.ts';
import './operating-hours.css';

const { hours: w } = adminWords;
const HOURS = [0, 6, 12, 18, 24];

/** The week, a row a day: its hours as they are written, and as they lie in the day. */
export function WeekField() {
  const { id, error } = useField('weekly', w.week);
  return (
    <fieldset className="week" id={id} aria-label={w.week} tabIndex={-1}>
      <div className="week-scale" aria-hidden>
        {HOURS.map((hour) => (
          <span key={hour} style={{ insetInlineStart: `${(hour / 24) * 100}%` }}>
            {hour}
          </span>
        ))}
      </div>
      {weekdays.map((day) => (
        <Day key={day} day={day} />
      ))}
      {error ? (
        <p className="screen-problem" role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function Day({ day }: { day: Weekday }) {
  const form = useForm();
  const row = useRef<HTMLElement>(null);
  const weekly = useValue('weekly');
  const field = useField(`weekly.${day}`, w.days[day]);
  const ranges = rangesOf(weekly, day);
  const put = (next: readonly Range[]) =>
    form.set(`weekly.${day}`, next.length === 0 ? undefined : textsOf(next));
  return (
    <section className="week-day" id={field.id} aria-label={w.days[day]} ref={row} tabIndex={-1}>
      <h3>{w.days[day]}</h3>
      <div className="week-ranges">
        {ranges.length === 0 ? <span className="secondary">{w.closed}</span> : null}
        {ranges.map((range, at) => (
          <RangeFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is all that a range has of its own
            key={at}
            range={range}
            name={w.rangeOf(w.days[day], at + 1)}
            onChange={(next) => put(ranges.toSpliced(at, 1, next))}
            onRemove={() => {
              put(ranges.toSpliced(at, 1));
              row.current?.focus();
            }}
          />
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
          aria-label={w.addTo(w.days[day])}
          onClick={() => put([...ranges, furtherRange(ranges)])}
        >
          {w.add}
        </Button>
        {day === 'mon' && ranges.length > 0 ? (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconCopy size={14} stroke={1.75} aria-hidden />}
            onClick={() => form.set('weekly', onWorkdays(weekly, textsOf(ranges)))}
          >
            {w.copy}
          </Button>
        ) : null}
      </div>
      <div className="week-line" aria-hidden>
        {ranges.map((range) => {
          const { start, width } = placeOf(range);
          return (
            <span
              key={`${range.from} ${range.to}`}
              style={{ insetInlineStart: `${start}%`, inlineSize: `${width}%` }}
            />
          );
        })}
      </div>
      {field.error ? (
        <p className="screen-problem" role="alert">
          {field.error}
        </p>
      ) : null}
    </section>
  );
}

/** Monday's hours from Tuesday to Friday, too. */
function onWorkdays(weekly: unknown, texts: string[]): object {
  const days = weekdays.slice(0, 5).map((day) => [day, texts] as const);
  return { ...(isMap(weekly) ? weekly : {}), ...Object.fromEntries(days) };
}

interface RangeProps {
  range: Range;
  name: string;
  onChange: (range: Range) => void;
  onRemove: () => void;
}

function RangeFields({ range, name, onChange, onRemove }: RangeProps) {
  return (
    <div className="week-range">
      <TimeInput
        label={`${name}: ${w.from}`}
        value={range.from}
        onChange={(from) => onChange({ ...range, from })}
      />
      <span aria-hidden>–</span>
      <TimeInput
        label={`${name}: ${w.to}`}
        value={range.to}
        onChange={(to) => onChange({ ...range, to })}
        endsDay
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={w.remove(name)}
        title={w.remove(name)}
        onClick={onRemove}
      >
        <IconTrash size={16} stroke={1.5} aria-hidden />
      </ActionIcon>
    </div>
  );
}
