import { type Kysely, sql, type Transaction } from 'kysely';
import type { UnpublishedConfiguration } from './stored-object.ts';

/** Of one configuration, or of all. */
export async function readDrafts(
  db: Kysely<unknown>,
  id?: string,
): Promise<UnpublishedConfiguration[]> {
  const { rows } = await sql<UnpublishedConfiguration>`
    select configuration_id as id, name, body, version, updated_at as "updatedAt",
           updated_by as "updatedBy"
    from configuration_drafts ${id === undefined ? sql`` : sql`where configuration_id = ${id}`}
    order by name, configuration_id`.execute(db);
  return rows;
}

export async function writeDraft(
  transaction: Transaction<unknown>,
  { id, name, body, version, updatedAt, updatedBy }: UnpublishedConfiguration,
): Promise<void> {
  await sql`
    insert into configuration_drafts
      (configuration_id, name, body, version, updated_at, updated_by)
    values (${id}, ${name}, ${JSON.stringify(body)}::jsonb, ${version}, ${updatedAt},
            ${JSON.stringify(updatedBy)}::jsonb)
    on conflict (configuration_id) do update
    set name = excluded.name, body = excluded.body, version = excluded.version,
        updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(transaction);
}

/** Answers whether there was one. */
export async function deleteDraft(transaction: Transaction<unknown>, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from configuration_drafts where configuration_id = ${id}`.execute(transaction);
  return numAffectedRows === 1n;
}
