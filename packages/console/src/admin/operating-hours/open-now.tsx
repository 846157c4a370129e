import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { locale } from '../../strings/language.ts';
import { useNow } from '../../time/use-now.ts';
import { isMap } from '../object/paths.ts';
import './operating-hours.css';
import { type OpeningState, openingState } from './opening-state.ts';

const { hours: w } = adminWords;

/** Whether it is open at this moment, and when it opens next, by its own clock. */
export function OpenNow({ hours }: { hours: unknown }) {
  const now = useNow(30_000);
  const state = openingState(hours, now);
  const Icon = state.is === 'open' ? IconCircleCheck : IconCircleDashed;
  return (
    <span className={`object-sign open-now ${state.is === 'open' ? 'level-good' : ''}`}>
      <Icon size={16} stroke={1.75} aria-hidden /> {said(state, zoneOf(hours))}
    </span>
  );
}

function said(state: OpeningState, timeZone: string | undefined): string {
  if (state.is === 'unknown') return w.unknown;
  if (state.is === 'open') return w.openNow;
  const closed = state.holiday === null ? w.closedNow : w.holidayNow(state.holiday);
  if (state.next === null) return `${closed} ${w.noNext}`;
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return `${closed} ${w.next(format.format(state.next))}`;
}

const zoneOf = (hours: unknown): string | undefined =>
  isMap(hours) && typeof hours.timeZone === 'string' ? hours.timeZone : undefined;
