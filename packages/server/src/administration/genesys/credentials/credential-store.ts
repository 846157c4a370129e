import { type Kysely, sql } from 'kysely';

/** Credentials of theirs. Those of an integration in force are in its setting, and only the rest is here. */
export interface CredentialRow {
  id: string;
  name: string;
  /** As it was given. */
  typeName: string;
  /** The name under which its integration holds it, as it was given; null: no integration does. */
  slot: string | null;
  integrationId: string | null;
  /** Client id and secret as JSON, sealed; null while they are in a setting. */
  fields: string | null;
  /** Id of who entered the secret: they may send it anywhere. */
  givenBy: string | null;
  /** Where the secret was sent to while it was in a setting: others may send it there again. */
  destination: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const columns = sql`
  id, name, type_name as "typeName", slot, integration_id as "integrationId", fields,
  given_by as "givenBy", destination, created_at as "createdAt", updated_at as "updatedAt"`;

export async function readCredentialRows(db: Kysely<unknown>): Promise<CredentialRow[]> {
  const { rows } = await sql<CredentialRow>`
    select ${columns} from genesys_credentials order by name, id`.execute(db);
  return rows;
}

export async function writeCredentialRow(db: Kysely<unknown>, row: CredentialRow): Promise<void> {
  const { id, name, typeName, slot, integrationId, fields, givenBy, destination } = row;
  await sql`
    insert into genesys_credentials
      (id, name, type_name, slot, integration_id, fields, given_by, destination, created_at,
       updated_at)
    values (${id}, ${name}, ${typeName}, ${slot}, ${integrationId}, ${fields}, ${givenBy},
            ${destination}, ${row.createdAt}, ${row.updatedAt})
    on conflict (id) do update
    set name = excluded.name, type_name = excluded.type_name, slot = excluded.slot,
        integration_id = excluded.integration_id, fields = excluded.fields,
        given_by = excluded.given_by, destination = excluded.destination,
        updated_at = excluded.updated_at`.execute(db);
}

export async function deleteCredentialRow(db: Kysely<unknown>, id: string): Promise<void> {
  await sql`delete from genesys_credentials where id = ${id}`.execute(db);
}
