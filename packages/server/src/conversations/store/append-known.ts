/**
 * The way of a batch of which the log may have some already: those are answered, the others written. It
 * keeps what `append-batch.ts` keeps, and invariant 2 besides, at twice the cost.
 */
import type { IdentityState } from '@countersign/protocol';
import type pg from 'pg';
import type { NewEntry } from '../new-entry.ts';
import { entryAt } from '../new-entry.ts';
import { type Appended, appendBatch } from './append-batch.ts';
import { arrayLiteral } from './array-literal.ts';

const STATEMENT = `
  select i.place::int, e.conversation_id, e.seq, e.at, e.id, e.identity_state, e.sender_name
  from unnest($1::uuid[]) with ordinality as i (dedupe, place)
  join entries e on e.dedupe = i.dedupe`;

type ResultRow = [
  place: number,
  conversationId: string,
  seq: number,
  at: number,
  id: string,
  identityState: IdentityState,
  senderName: string | null,
];

/** As `appendBatch`; 23505 only when another node writes one of the keys at this very time. */
export async function appendKnown(
  client: pg.Client,
  entries: NewEntry[],
  now: number,
): Promise<(Appended | null)[]> {
  const results = await known(client, entries);
  const fresh = [...entries.keys()].filter((index) => results[index] === null);
  if (fresh.length === 0) return results;
  const written = await appendBatch(client, pick(entries, fresh), now);
  for (const [nth, index] of fresh.entries()) results[index] = written[nth] ?? null;
  return results;
}

async function known(client: pg.Client, entries: NewEntry[]): Promise<(Appended | null)[]> {
  const { rows } = await client.query<ResultRow>({
    name: 'append-known',
    text: STATEMENT,
    rowMode: 'array',
    values: [arrayLiteral(entries, ({ dedupe }) => dedupe)],
  });
  const results: (Appended | null)[] = new Array(entries.length).fill(null);
  for (const [place, conversationId, seq, at, id, identityState, senderName] of rows) {
    const entry = entries[place - 1];
    if (!entry) continue;
    // The key covers all else that the sender said
    const first = entryAt(entry, { seq, at, identityState });
    // Under our own id it is our own commit, whose answer was lost
    const repeated = id !== entry.id;
    results[place - 1] = { entry: { ...first, conversationId, id, senderName }, repeated };
  }
  return results;
}

const pick = <T>(items: T[], indexes: number[]): T[] =>
  indexes.flatMap((index) => items[index] ?? []);
