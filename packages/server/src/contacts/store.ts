import { type Kysely, sql } from 'kysely';
import type { ProvenIdentity } from '../identity/index.ts';
import { newId } from '../platform/index.ts';
import type { Contact } from './index.ts';

/**
 * One statement, so that two devices that sign in at once make one contact: the second waits for the key
 * (setting, subject) and takes what the first made. Name and email are those of the newest proof that
 * gives them.
 */
export async function ofIdentity(db: Kysely<unknown>, proven: ProvenIdentity): Promise<Contact> {
  const { rows } = await sql<{ id: string }>`
    with identity as (
      insert into contact_identities (setting_id, subject, issuer, contact_id, since)
      values (${proven.settingId}, ${proven.subject}, ${proven.issuer}, ${newId()}, ${proven.since})
      on conflict (setting_id, subject) do update set issuer = excluded.issuer
      returning contact_id
    )
    insert into contacts as known (id, name, email, proven_at)
    select contact_id, ${proven.name}::text, ${proven.email}::text, ${proven.since}::bigint
    from identity
    on conflict (id) do update set
      name = case when excluded.proven_at >= known.proven_at
                  then coalesce(excluded.name, known.name)
                  else coalesce(known.name, excluded.name) end,
      email = case when excluded.proven_at >= known.proven_at
                   then coalesce(excluded.email, known.email)
                   else coalesce(known.email, excluded.email) end,
      proven_at = greatest(excluded.proven_at, known.proven_at)
    returning id`.execute(db);
  const contact = await read(db, rows[0]?.id ?? '');
  if (!contact) throw new Error('a contact that was just written is gone');
  return contact;
}

interface Row {
  id: string;
  name: string | null;
  email: string | null;
  identities: Contact['identities'];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function read(db: Kysely<unknown>, id: string): Promise<Contact | null> {
  if (!UUID.test(id)) return null;
  const { rows } = await sql<Row>`
    select c.id, c.name, c.email,
           json_agg(json_build_object('settingId', i.setting_id, 'issuer', i.issuer,
                                      'subject', i.subject, 'since', i.since)
                    order by i.since, i.setting_id, i.subject) as identities
    from contacts c join contact_identities i on i.contact_id = c.id
    where c.id = ${id}
    group by c.id`.execute(db);
  return rows[0] ?? null;
}
