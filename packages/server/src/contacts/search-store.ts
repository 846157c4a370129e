import { type Kysely, sql } from 'kysely';
import type { Found } from './index.ts';
import { isContactId } from './named-contact.ts';
import type { ContactMatch } from './records.ts';

/**
 * Found by the index of terms (`contacts_terms`): every word said begins a word of the name or address, or
 * is part of the phone number. A merged contact is found as the one it was merged into. Ids grow with
 * time, so their order is newest first, and a page is a range of them.
 */
export async function search(
  db: Kysely<unknown>,
  said: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Found> {
  const query = await queryOf(db, said);
  if (query === null) return { items: [] };
  const before = cursor !== undefined && isContactId(cursor) ? cursor : null;
  const { rows } = await sql<ContactMatch>`
    with hits as (
      (select id from contacts
       where merged_into is null and terms @@ ${query}::tsquery ${earlier('id', before)}
       order by id desc limit ${limit + 1})
      union
      (select distinct merged_into from contacts
       where merged_into is not null and terms @@ ${query}::tsquery
         ${earlier('merged_into', before)}
       order by merged_into desc limit ${limit + 1})
    )
    ${matchesOf(sql`select id from hits order by id desc limit ${limit + 1}`)}`.execute(db);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, next: last.id } : { items };
}

/** Null: nothing was said that could be found. Asked by itself, so that the plan knows how rare it is. */
async function queryOf(db: Kysely<unknown>, said: string): Promise<string | null> {
  const { rows } = await sql<{ query: string | null }>`
    select string_agg('''' || left(word, 100) || ''':*', ' & ') as query
    from unnest(contact_words(${said})) as word`.execute(db);
  return rows[0]?.query ?? null;
}

const earlier = (column: 'id' | 'merged_into', before: string | null) =>
  before === null ? sql`` : sql`and ${sql.ref(column)} < ${before}`;

/** Contacts with what was merged into them: proven values first, then their own. */
const matchesOf = (ids: ReturnType<typeof sql>) => sql`
  select r.id, ${valueShown('name')}, ${valueShown('email')}, ${valueShown('phone')},
         exists (select from contact_identities i join contacts c on c.id = i.contact_id
                 where c.id = r.id or c.merged_into = r.id) as verified
  from (${ids}) r order by r.id desc`;

const valueShown = (field: 'name' | 'email' | 'phone') => {
  const value = sql.ref(field);
  return sql`(
    select c.${value} from contacts c
    where (c.id = r.id or c.merged_into = r.id) and c.${value} is not null
    order by c.${sql.ref(`${field}_setting`)} is null, c.merged_into is not null, c.id limit 1
  ) as ${value}`;
};
