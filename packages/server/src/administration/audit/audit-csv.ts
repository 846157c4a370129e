import type { AuditEntry } from '@countersign/protocol';
import { csvLine } from '../../platform/index.ts';

const HEAD = ['at', 'actor', 'action', 'via', 'section', 'object', 'id', 'before', 'after'];

/** One line an entry; before and after as JSON, secrets sealed. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const lines = entries.map(
    ({ at, actor, action, via, section, objectName, objectId, before, after }) =>
      csvLine([
        ...[at, actor.name, action, via, section, objectName, objectId],
        ...[before, after].map((value) => (value === null ? null : JSON.stringify(value))),
      ]),
  );
  return [csvLine(HEAD), ...lines].join('');
}
