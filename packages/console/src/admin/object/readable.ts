import { adminWords } from '../../strings/admin/admin-words.ts';
import { isMap } from './paths.ts';

const { difference: w } = adminWords;

/** A value as the configuration file would write it, short enough to compare. */
export function readable(value: unknown): string {
  if (value === undefined || value === null) return w.nothing;
  if (typeof value === 'string') return value;
  if (isMap(value) && value.sealed === true) return value.changed ? w.changedSecret : w.sealed;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : value.map(readable).join(', ');
  if (!isMap(value)) return String(value);
  const parts = Object.entries(value).map(([key, inner]) => `${key}: ${readable(inner)}`);
  return `{ ${parts.join(', ')} }`;
}
