import { type Kysely, sql } from 'kysely';
import { CONTACT_FIELDS, type ContactMatch, type ContactValues } from './records.ts';

interface Row extends ContactMatch {
  root: string;
}

/** More equal contacts than this are as ambiguous as two. */
const MOST_READ = 100;

/**
 * The one contact that fits everything said, each value exactly; null when there is none or several, and
 * when somebody has proven to be this person: what a customer says never links a verified contact (A05).
 */
export async function claimedBy(
  db: Kysely<unknown>,
  said: Partial<ContactValues>,
): Promise<ContactMatch | null> {
  const conditions = CONTACT_FIELDS.flatMap((field) => {
    const value = said[field];
    return value == null ? [] : [sql<boolean>`${sql.ref(field)} = ${value}`];
  });
  if (conditions.length === 0) return null;
  const { rows } = await sql<Row>`
    select c.id, c.name, c.email, c.phone, coalesce(c.merged_into, c.id) as root,
           exists (select from contact_identities i join contacts m on m.id = i.contact_id
                   where m.id = coalesce(c.merged_into, c.id)
                      or m.merged_into = coalesce(c.merged_into, c.id)) as verified
    from (select id, name, email, phone, merged_into from contacts
          where ${sql.join(conditions, sql` and `)}
          order by merged_into is not null, id limit ${MOST_READ}) c`.execute(db);
  const [match, ...others] = rows;
  if (!match || others.some(({ root }) => root !== match.root)) return null;
  const { root: _, ...contact } = match;
  return contact.verified ? null : contact;
}
