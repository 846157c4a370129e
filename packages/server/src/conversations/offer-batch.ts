/**
 * Many offers in one transaction, each written as `change` would have: the row locked, the entry linked into
 * its log, columns and entry committed together. An offer is nobody's event outside: `onWritten` hears none.
 */
import type { WriteParts } from './change.ts';
import { publishChange } from './hints.ts';
import type { Conversations } from './index.ts';
import { newEntry } from './new-entry.ts';
import { type Offering, writeOffers } from './store/offer-store.ts';
import { type ConversationRow, type Tables, toConversation } from './store/rows.ts';
import { takeWaiting } from './store/work-store.ts';
import type { Written } from './store/write-store.ts';

export function createOfferBatch(parts: WriteParts): Conversations['offerBatch'] {
  const { database, bus, clock } = parts;
  return async (work) => {
    const written: Written[] = [];
    await database.kysely.transaction().execute(async (transaction) => {
      const db = transaction.withTables<Tables>();
      const taken = new Map<string, ConversationRow>();
      await work({
        transaction,
        async takeWaiting(page) {
          const rows = await takeWaiting(db, page);
          for (const row of rows) taken.set(row.id, row);
          return rows.map(toConversation);
        },
        async offer(offers) {
          const offerings = offers.flatMap(({ record, set, entry }): Offering[] => {
            const row = taken.get(record.id);
            const draft = { ...entry, conversationId: record.id };
            return row ? [{ row, ...set, entry: newEntry(draft) }] : [];
          });
          written.push(...(await writeOffers(db, offerings, clock.now())));
        },
      });
    });
    for (const { record, entries } of written) publishChange(bus, record, entries);
  };
}
