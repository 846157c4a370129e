import { type Kysely, sql } from 'kysely';
import { combine } from './combine.ts';
import { isContactId } from './named-contact.ts';
import {
  CONTACT_FIELDS,
  type Contact,
  type ContactIdentity,
  type ContactValues,
  type StaffRef,
} from './records.ts';

/** One row of `contacts`, with the identities that are its own. */
export interface ContactRow extends ContactValues {
  id: string;
  name_setting: string | null;
  email_setting: string | null;
  phone_setting: string | null;
  created_at: number;
  changed_at: number;
  created_by: string | null;
  created_by_name: string | null;
  merged_into: string | null;
  identities: ContactIdentity[];
}

/** The contact, or the one it was merged into, with all that was merged into that. */
export async function read(db: Kysely<unknown>, id: string): Promise<Contact | null> {
  if (!isContactId(id)) return null;
  const { rows } = await sql<ContactRow>`
    with root as (select coalesce(merged_into, id) as id from contacts where id = ${id})
    select c.*, coalesce((
        select json_agg(json_build_object('settingId', i.setting_id, 'issuer', i.issuer,
                                          'subject', i.subject, 'since', i.since)
                        order by i.since, i.setting_id, i.subject)
        from contact_identities i where i.contact_id = c.id), '[]') as identities
    from contacts c
    where c.id = (select id from root) or c.merged_into = (select id from root)
    order by c.merged_into is not null, c.id`.execute(db);
  const [own, ...merged] = rows;
  return own ? combine(own, merged) : null;
}

export async function create(
  db: Kysely<unknown>,
  made: { id: string; values: Partial<ContactValues>; by: StaffRef; now: number },
): Promise<void> {
  const { id, by, now } = made;
  const { name = null, email = null, phone = null } = made.values;
  await sql`
    insert into contacts
      (id, name, email, phone, created_at, changed_at, created_by, created_by_name)
    values (${id}, ${name}, ${email}, ${phone}, ${now}, ${now}, ${by.id}, ${by.name})`.execute(db);
}

/** A field that a proof has given in the meantime stays as it is. */
export async function change(
  db: Kysely<unknown>,
  id: string,
  values: Partial<ContactValues>,
  now: number,
): Promise<void> {
  const sets = CONTACT_FIELDS.filter((field) => values[field] !== undefined).map((field) => {
    const column = sql.ref(field);
    const setting = sql.ref(`${field}_setting`);
    return sql`${column} = case when ${setting} is null then ${values[field]} else ${column} end`;
  });
  if (sets.length === 0) return;
  await sql`
    update contacts set ${sql.join([...sets, sql`changed_at = ${now}`])} where id = ${id}`.execute(
    db,
  );
}
