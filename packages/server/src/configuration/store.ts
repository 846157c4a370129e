import { type Kysely, sql, type Transaction } from 'kysely';
import type { Draft, StoredObject } from './stored-object.ts';

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

/** Every object, its secrets sealed, in the order they were made. */
export async function readObjects(db: Kysely<unknown>): Promise<StoredObject[]> {
  const { rows } = await sql<StoredObject>`
    select kind, id, name, version, body from configuration_objects
    order by created_at, kind, id`.execute(db);
  return rows;
}

/** Writes an object (sealed) as the version it carries. */
export async function writeObject(
  transaction: Transaction<unknown>,
  { kind, id, name, version, body }: StoredObject,
  at: Date,
): Promise<void> {
  const json = JSON.stringify(body);
  await sql`
    insert into configuration_objects (kind, id, name, version, body, created_at, updated_at)
    values (${kind}, ${id}, ${name}, ${version}, ${json}::jsonb, ${at}, ${at})
    on conflict (kind, id) do update
    set name = excluded.name, version = excluded.version, body = excluded.body,
        updated_at = excluded.updated_at`.execute(transaction);
}

/** Keeps a published version of a messenger configuration. */
export async function writePublished(
  transaction: Transaction<unknown>,
  { id, name, body }: Draft,
  version: number,
  at: Date,
): Promise<void> {
  await sql`
    insert into configuration_versions (configuration_id, version, name, body, published_at)
    values (${id}, ${version}, ${name}, ${JSON.stringify(body)}::jsonb, ${at})`.execute(
    transaction,
  );
}

export async function writeVersion(
  transaction: Transaction<unknown>,
  version: number,
): Promise<void> {
  await sql`update configuration_state set version = ${version}`.execute(transaction);
}
