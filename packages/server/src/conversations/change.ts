import type { Transaction } from 'kysely';
import { type Bus, type Clock, type Database, Fault, notFound } from '../platform/index.ts';
import { publishChange } from './hints.ts';
import type { ConversationChange, Conversations } from './index.ts';
import { newEntry } from './new-entry.ts';
import type { ConversationRecord, EntryDraft, EntryRecord } from './records.ts';
import { isConversationId, type Tables, toConversation } from './store/rows.ts';
import { lock, type Written, writeChange } from './store/write-store.ts';

export interface WriteParts {
  database: Pick<Database, 'kysely'>;
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
  /** Called in the transaction that writes entries of a change or opens a conversation. */
  onWritten?: OnWritten;
}

/** Messages do not pass here: they have the hot path of their own. What it throws undoes the change. */
export type OnWritten = (
  written: { record: ConversationRecord; entries: EntryRecord[]; created: boolean },
  transaction: Transaction<unknown>,
) => Promise<void> | void;

/**
 * Whoever decides sees the conversation as it is, and nobody can come in between: the row is locked before
 * the question. Two agents that accept the same offer get one yes and one refusal (K18).
 */
export function createChange({
  database,
  bus,
  clock,
  onWritten,
}: WriteParts): Conversations['change'] {
  return async (id, decide) => {
    if (!isConversationId(id)) throw notFound('conversation');
    const { changed, ...written } = await database.kysely
      .transaction()
      .execute((transaction) => decideLocked(transaction, id, decide, { clock, onWritten }))
      .catch(asFault);
    if (changed) publishChange(bus, written.record, written.entries);
    return { ...written, changed };
  };
}

async function decideLocked(
  transaction: Transaction<unknown>,
  id: string,
  decide: Parameters<Conversations['change']>[1],
  { clock, onWritten }: Pick<WriteParts, 'clock'> & { onWritten: OnWritten | undefined },
): Promise<Written & { changed: boolean }> {
  const db = transaction.withTables<Tables>();
  const row = await lock(db, id);
  if (!row) throw notFound('conversation');
  const record = toConversation(row);
  const change = await decide(record, transaction);
  if (!change) return { record, entries: [], changed: false };
  const entries = draftsOf(id, change).map(newEntry);
  const written = await writeChange(db, row, change.set, entries, clock.now());
  if (entries.length > 0) await onWritten?.({ ...written, created: false }, transaction);
  return { ...written, changed: true };
}

const draftsOf = (conversationId: string, { entries = [] }: ConversationChange): EntryDraft[] =>
  entries.map((entry) => ({ ...entry, conversationId }));

/** An owner has at most one open conversation; a sender's id stands for one message. */
function asFault(error: unknown): never {
  const constraint = error instanceof Error && 'constraint' in error ? error.constraint : null;
  if (constraint === 'conversations_open_owner')
    throw new Fault('owner_has_conversation', 409, 'This customer has another open conversation.');
  if (constraint === 'entries_dedupe')
    throw new Fault('already_written', 409, 'This message has been written already.');
  throw error;
}
