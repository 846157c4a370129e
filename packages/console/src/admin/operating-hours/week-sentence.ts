import type { OpeningHours } from '@countersign/protocol';
import type { AdminWords } from '../../strings/admin/admin-words.ts';
import { dayGroups } from './week.ts';

/** `Mon – Thu 09:00–17:00, Fri 09:00–15:00` */
export function weekSentence(weekly: OpeningHours['weekly'], w: AdminWords['hours']): string {
  const groups = dayGroups(weekly).map(({ from, to, hours }) => {
    const days = from === to ? w.short[from] : `${w.short[from]} – ${w.short[to]}`;
    return `${days} ${hours.map((range) => range.replace('-', '–')).join(', ')}`;
  });
  return groups.length === 0 ? w.neverOpen : groups.join(' · ');
}
