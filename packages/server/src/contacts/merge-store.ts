/**
 * A merge is a pointer and a row that tells of it; nothing else is written, so undoing it restores all as it
 * was. Rows are locked in the order of their ids: merges that meet wait for each other, and none for ever.
 */
import { type Kysely, sql, type Transaction } from 'kysely';
import { Fault, notFound } from '../platform/index.ts';
import { type MergeSide, mergeBlock, mergeFault } from './merge-block.ts';
import { isContactId } from './named-contact.ts';
import type { ContactMatch, MergeRecord, StaffRef } from './records.ts';

const UNDO_MS = 30 * 24 * 60 * 60 * 1000;

interface Merging {
  id: string;
  contactId: string;
  intoId: string;
  reason: string;
  by: StaffRef;
  now: number;
}

export async function merge(db: Kysely<unknown>, merging: Merging): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { id, contactId, intoId, reason, by, now } = merging;
    await lock(transaction, [contactId, intoId]);
    const contact = await sideOf(transaction, contactId);
    const into = await sideOf(transaction, intoId);
    if (!contact) throw notFound('contact');
    if (!into) throw new Fault('unknown_contact', 400, 'Nobody has this id.');
    const block = mergeBlock(contact, into);
    if (block) throw mergeFault(block);
    await sql`update contacts set merged_into = ${into.id} where id = ${contact.id}`.execute(
      transaction,
    );
    await sql`
      insert into contact_merges
        (id, contact_id, into_id, reason, merged_by, merged_by_name, merged_at)
      values (${id}, ${contact.id}, ${into.id}, ${reason}, ${by.id}, ${by.name}, ${now})`.execute(
      transaction,
    );
  });
}

/** Nothing is merged into a merged contact, so taking the pointer away concerns nobody else. */
export async function undoMerge(
  db: Kysely<unknown>,
  { id, by, now }: { id: string; by: StaffRef; now: number },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const found = await readMerge(transaction, id);
    if (!found) throw notFound('merge');
    await lock(transaction, [found.contact.id, found.intoId]);
    // Read again: who held the lock may have undone it
    if ((await readMerge(transaction, id))?.undone)
      throw new Fault('already_undone', 409, 'This merge has been undone already.');
    if (now > found.undoableUntil)
      throw new Fault('too_late', 409, 'A merge can be undone for 30 days.');
    await sql`
      update contact_merges
      set undone_by = ${by.id}, undone_by_name = ${by.name}, undone_at = ${now}
      where id = ${id}`.execute(transaction);
    await sql`update contacts set merged_into = null where id = ${found.contact.id}`.execute(
      transaction,
    );
  });
}

async function lock(db: Transaction<unknown>, ids: string[]): Promise<void> {
  const known = ids.filter(isContactId);
  await sql`select from contacts where id = any (${known}::uuid[]) order by id for update`.execute(
    db,
  );
}

async function sideOf(db: Transaction<unknown>, id: string): Promise<MergeSide | null> {
  if (!isContactId(id)) return null;
  const { rows } = await sql<MergeSide>`
    select c.id, c.is_merged as "isMerged",
           exists (select from contact_identities i join contacts m on m.id = i.contact_id
                   where m.id = c.id or m.merged_into = c.id) as "isVerified",
           exists (select from contacts m where m.merged_into = c.id) as "hasMerges"
    from contacts c where c.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

interface Row {
  id: string;
  contact: ContactMatch;
  into_id: string;
  reason: string;
  merged_by: string;
  merged_by_name: string;
  merged_at: number;
  undone_by: string | null;
  undone_by_name: string | null;
  undone_at: number | null;
}

const rowsWhere = (condition: ReturnType<typeof sql>) => sql<Row>`
  select m.*, json_build_object(
           'id', c.id, 'name', c.name, 'email', c.email, 'phone', c.phone,
           'verified', exists (select from contact_identities i where i.contact_id = c.id)
         ) as contact
  from contact_merges m join contacts c on c.id = m.contact_id
  where ${condition} order by m.id desc`;

export async function readMerge(db: Kysely<unknown>, id: string): Promise<MergeRecord | null> {
  if (!isContactId(id)) return null;
  const { rows } = await rowsWhere(sql`m.id = ${id}`).execute(db);
  return rows[0] ? toRecord(rows[0]) : null;
}

/** Of a contact: what was merged into it, and what it was merged into. */
export async function readMerges(db: Kysely<unknown>, id: string): Promise<MergeRecord[]> {
  if (!isContactId(id)) return [];
  const { rows } = await rowsWhere(sql`m.into_id = ${id} or m.contact_id = ${id}`).execute(db);
  return rows.map(toRecord);
}

const toRecord = (row: Row): MergeRecord => ({
  id: row.id,
  contact: row.contact,
  intoId: row.into_id,
  reason: row.reason,
  by: { id: row.merged_by, name: row.merged_by_name },
  at: row.merged_at,
  undoableUntil: row.merged_at + UNDO_MS,
  undone:
    row.undone_at === null
      ? null
      : { by: { id: row.undone_by ?? '', name: row.undone_by_name ?? '' }, at: row.undone_at },
});
