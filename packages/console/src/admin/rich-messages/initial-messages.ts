import type { ShownObject } from '@countersign/protocol';

export const messageTypes = [
  'authentication',
  'quick-reply',
  'list-picker',
  'time-picker',
  'rich-link',
] as const satisfies readonly ShownObject<'richMessages'>['type'][];
export type MessageType = (typeof messageTypes)[number];

/** The next identifier that is not taken: what the device answers with, never seen by anybody. */
export function freshIdentifier(taken: readonly string[]): string {
  const known = new Set(taken);
  let n = taken.length + 1;
  while (known.has(String(n))) n += 1;
  return String(n);
}

/** With what a message of a type begins. */
export const initialMessages: Record<MessageType, object> = {
  authentication: { type: 'authentication' },
  'quick-reply': { type: 'quick-reply', items: [{ identifier: '1' }, { identifier: '2' }] },
  'list-picker': { type: 'list-picker', sections: [{ items: [{ identifier: '1' }] }] },
  'time-picker': { type: 'time-picker', timeslots: [{ identifier: '1', duration: 1800 }] },
  'rich-link': { type: 'rich-link' },
};
