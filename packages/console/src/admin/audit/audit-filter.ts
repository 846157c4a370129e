import type { AuditSearch } from '../../routes.tsx';

/** What is asked of the node: times for days, the last day to its end, by the own clock. */
export function auditFilter(search: AuditSearch): Record<string, string | undefined> {
  const { section, object, actor, action, from, to } = search;
  return {
    section,
    object,
    actor,
    action,
    from: from === undefined ? undefined : midnight(from, 0),
    to: to === undefined ? undefined : midnight(to, 1),
  };
}

/** Midnight so many days after the beginning of a day, by the own clock. */
function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
