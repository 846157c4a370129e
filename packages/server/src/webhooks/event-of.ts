import type { EntryKind, WebhookEvent } from '@countersign/protocol';

/** Entries that are events to the outside; messages and notes are none. */
const EVENTS: Partial<Record<EntryKind, WebhookEvent>> = {
  'signed-in': 'conversation.authenticated',
  lapsed: 'conversation.lapsed',
  'signed-out': 'conversation.signed-out',
  queued: 'conversation.queued',
  assigned: 'conversation.assigned',
  transferred: 'conversation.transferred',
  ended: 'conversation.ended',
  rated: 'conversation.rated',
};

export const eventOf = (kind: EntryKind): WebhookEvent | null => EVENTS[kind] ?? null;
