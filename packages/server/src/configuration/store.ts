import { type Kysely, sql, type Transaction } from 'kysely';
import type { ObjectKey, PublishedConfiguration, StoredObject } from './stored-object.ts';

/** The version of all objects together: counts what was applied. */
export async function readVersion(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select version from configuration_state`.execute(db);
  return rows[0]?.version ?? 0;
}

/** The same, and nobody else writes until this transaction ends. */
export async function lockVersion(transaction: Transaction<unknown>): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select version from configuration_state for update`.execute(transaction);
  return rows[0]?.version ?? 0;
}

/** The objects that were written after this version, secrets sealed, in the order they were made. */
export async function readObjectsSince(
  db: Kysely<unknown>,
  version: number,
): Promise<StoredObject[]> {
  const { rows } = await sql<StoredObject>`
    select kind, id, name, version, body, updated_at as "updatedAt", updated_by as "updatedBy",
           created_via as "createdVia"
    from configuration_objects where changed_in > ${version}
    order by created_at, kind, id`.execute(db);
  return rows;
}

export async function countObjects(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from configuration_objects`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Writes an object (sealed) as the version it carries; `changedIn`: the version of all that this makes. */
export async function writeObject(
  transaction: Transaction<unknown>,
  { kind, id, name, version, body, updatedAt, updatedBy, createdVia }: StoredObject,
  changedIn: number,
): Promise<void> {
  const by = updatedBy && JSON.stringify(updatedBy);
  await sql`
    insert into configuration_objects
      (kind, id, name, version, body, created_at, updated_at, updated_by, changed_in,
       created_via)
    values (${kind}, ${id}, ${name}, ${version}, ${JSON.stringify(body)}::jsonb, ${updatedAt},
            ${updatedAt}, ${by}::jsonb, ${changedIn}, ${createdVia})
    on conflict (kind, id) do update
    set name = excluded.name, version = excluded.version, body = excluded.body,
        updated_at = excluded.updated_at, updated_by = excluded.updated_by,
        changed_in = excluded.changed_in`.execute(transaction);
}

export async function deleteObject(
  transaction: Transaction<unknown>,
  { kind, id }: ObjectKey,
): Promise<void> {
  await sql`delete from configuration_objects where kind = ${kind} and id = ${id}`.execute(
    transaction,
  );
}

/** Keeps a published version of a messenger configuration. */
export async function writePublished(
  transaction: Transaction<unknown>,
  { id, name, body, version, updatedAt, updatedBy }: StoredObject,
): Promise<void> {
  const by = updatedBy && JSON.stringify(updatedBy);
  await sql`
    insert into configuration_versions
      (configuration_id, version, name, body, published_at, published_by)
    values (${id}, ${version}, ${name}, ${JSON.stringify(body)}::jsonb, ${updatedAt}, ${by}::jsonb)
  `.execute(transaction);
}

/** The newest first. */
export async function readPublished(
  db: Kysely<unknown>,
  id: string,
): Promise<PublishedConfiguration[]> {
  const { rows } = await sql<PublishedConfiguration>`
    select version, name, body, published_at as "publishedAt", published_by as "publishedBy"
    from configuration_versions where configuration_id = ${id} order by version desc`.execute(db);
  return rows;
}

/** One that is deleted leaves no versions behind: its id may come again, from a file. */
export async function deletePublished(
  transaction: Transaction<unknown>,
  id: string,
): Promise<void> {
  await sql`delete from configuration_versions where configuration_id = ${id}`.execute(transaction);
}

export async function writeVersion(
  transaction: Transaction<unknown>,
  version: number,
): Promise<void> {
  await sql`update configuration_state set version = ${version}`.execute(transaction);
}
