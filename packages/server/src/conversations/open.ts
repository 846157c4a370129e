import { Fault, newId } from '../platform/index.ts';
import type { Appender } from './append.ts';
import type { WriteParts } from './change.ts';
import { publishChange } from './hints.ts';
import type { Conversations, OpenConversation } from './index.ts';
import { newEntry } from './new-entry.ts';
import type { ConversationRecord, EntryDraft, EntryRecord } from './records.ts';
import { type Tables, tablesOf } from './store/rows.ts';
import { entriesByKey, insertOpen, type Written } from './store/write-store.ts';

export interface OpenParts extends WriteParts {
  append: Appender['append'];
  openOf(ownerKey: string): Promise<ConversationRecord | null>;
  read(id: string): Promise<ConversationRecord | null>;
}

type First = Omit<EntryDraft, 'conversationId'>[];
type Opened = Awaited<ReturnType<Conversations['open']>>;

/** Somebody else's commit came in between; the next look finds it. */
const ATTEMPTS = 5;

/**
 * At most one open conversation an owner: an index of PostgreSQL decides, so two tabs and two nodes cannot
 * open two. A resend whose conversation has ended since opens none.
 */
export function createOpen(parts: OpenParts): Conversations['open'] {
  const db = tablesOf(parts.database);

  return async (input, first) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        const opened = await attemptOpen(input, first);
        if (opened) return opened;
      } catch (error) {
        if (!cameInBetween(error)) throw error;
      }
    }
    throw new Fault('busy', 503, 'The conversation could not be opened. Try again.');
  };

  async function attemptOpen(input: OpenConversation, first: First): Promise<Opened | null> {
    const known = await entriesByKey(db, first.filter(isNamed).map(keyOf));
    const ids = new Set(
      known.map(({ senderId, clientId }) => JSON.stringify([senderId, clientId])),
    );
    const fresh = first.filter(
      ({ senderId, clientId }) => !ids.has(JSON.stringify([senderId, clientId])),
    );
    if (known[0] && !fresh.some(isNamed)) return resend(known);
    return (await join(input, fresh)) ?? (await create(input, fresh));
  }

  async function resend(entries: EntryRecord[]): Promise<Opened | null> {
    const record = await parts.read(entries[0]?.conversationId ?? '');
    return record && { record, entries, created: false };
  }

  async function create(input: OpenConversation, first: First): Promise<Opened | null> {
    const id = newId();
    const entries = first.map((draft) => newEntry({ ...draft, conversationId: id }));
    const now = parts.clock.now();
    const written = await parts.database.kysely.transaction().execute(async (transaction) => {
      const tables = transaction.withTables<Tables>();
      const inserted = await insertOpen(tables, id, input, entries, now);
      if (inserted) await parts.onWritten?.({ ...inserted, created: true }, transaction);
      return inserted;
    });
    return written && created(written);
  }

  function created(written: Written): Opened {
    publishChange(parts.bus, written.record, written.entries);
    return { ...written, created: true };
  }

  async function join(input: OpenConversation, first: First): Promise<Opened | null> {
    const record = await parts.openOf(input.ownerKey);
    if (!record) return null;
    const appended = await Promise.all(
      first.map((draft) => parts.append({ ...draft, conversationId: record.id })),
    );
    const entries = appended.map(({ entry }) => entry);
    return { record: (await parts.read(record.id)) ?? record, entries, created: false };
  }
}

const isNamed = ({ clientId }: First[number]): boolean => clientId !== undefined;

const keyOf = (draft: First[number]): string => newEntry({ ...draft, conversationId: '' }).dedupe;

const cameInBetween = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === '23505' || error.code === 'conversation_closed');
