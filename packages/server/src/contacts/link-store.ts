import { type Kysely, sql, type Transaction } from 'kysely';
import { newId } from '../platform/index.ts';
import type { LinkRecord } from './records.ts';

export async function keepLink(
  conversationId: string,
  { contactId, by, at }: LinkRecord,
  transaction: Transaction<unknown>,
): Promise<void> {
  await sql`
    insert into contact_links
      (id, conversation_id, contact_id, linked_by, linked_by_name, linked_at)
    values (${newId()}, ${conversationId}, ${contactId}, ${by.id}, ${by.name}, ${at})`.execute(
    transaction,
  );
}

interface Row {
  contact_id: string | null;
  linked_by: string;
  linked_by_name: string;
  linked_at: number;
}

export async function lastLink(
  db: Kysely<unknown>,
  conversationId: string,
): Promise<LinkRecord | null> {
  const { rows } = await sql<Row>`
    select contact_id, linked_by, linked_by_name, linked_at from contact_links
    where conversation_id = ${conversationId} order by id desc limit 1`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const by = { id: row.linked_by, name: row.linked_by_name };
  return { contactId: row.contact_id, by, at: row.linked_at };
}
