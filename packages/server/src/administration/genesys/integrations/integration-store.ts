import { type Kysely, sql, type Transaction } from 'kysely';

/** An integration of theirs, as far as our settings do not hold it. */
export interface IntegrationRow {
  id: string;
  name: string;
  /** As it was given. */
  typeId: string;
  /** Of its configuration. While it is in force, what the version of the setting counts on from. */
  version: number;
  /** Its configuration, sealed; null while it is in force. */
  body: string | null;
  updatedAt: Date;
}

/** One, or all by name. */
export async function readIntegrationRows(
  db: Kysely<unknown>,
  id?: string,
): Promise<IntegrationRow[]> {
  const { rows } = await sql<IntegrationRow>`
    select id, name, type_id as "typeId", version, body, updated_at as "updatedAt"
    from genesys_integrations ${id === undefined ? sql`` : sql`where id = ${id}`}
    order by name, id`.execute(db);
  return rows;
}

export async function insertIntegrationRow(
  db: Kysely<unknown>,
  { id, name, typeId, version, body, updatedAt }: IntegrationRow,
): Promise<void> {
  await sql`
    insert into genesys_integrations (id, name, type_id, version, body, updated_at)
    values (${id}, ${name}, ${typeId}, ${version}, ${body}, ${updatedAt})`.execute(db);
}

/** Answers false when it does not have the version `seen` any more. */
export async function updateIntegrationRow(
  db: Kysely<unknown>,
  { id, name, version, body, updatedAt }: IntegrationRow,
  seen: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update genesys_integrations
    set name = ${name}, version = ${version}, body = ${body}, updated_at = ${updatedAt}
    where id = ${id} and version = ${seen}`.execute(db);
  return numAffectedRows === 1n;
}

export async function deleteIntegrationRow(
  transaction: Transaction<unknown>,
  id: string,
): Promise<void> {
  await sql`delete from genesys_integrations where id = ${id}`.execute(transaction);
}
