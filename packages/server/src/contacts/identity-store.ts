import { type Kysely, sql, type Transaction } from 'kysely';
import type { ProvenIdentity } from '../identity/index.ts';
import { newId } from '../platform/index.ts';

/**
 * One statement, so that two devices that sign in at once make one contact: the second waits for the key
 * (setting, subject) and takes what the first made. Name and email are those of the newest proof that
 * gives them; what an agent wrote gives way to a proof.
 */
export async function ofIdentity(
  db: Kysely<unknown>,
  proven: ProvenIdentity,
  now: number,
): Promise<{ id: string }> {
  const { settingId, subject, issuer, name, email, since } = proven;
  const { rows } = await sql<{ id: string }>`
    with identity as (
      insert into contact_identities (setting_id, subject, issuer, contact_id, since)
      values (${settingId}, ${subject}, ${issuer}, ${newId()}, ${since})
      on conflict (setting_id, subject) do update set issuer = excluded.issuer
      returning contact_id
    )
    insert into contacts as known
      (id, name, name_setting, email, email_setting, proven_at, created_at, changed_at)
    select contact_id, ${name}::text, case when ${name}::text is not null then ${settingId} end,
           ${email}::text, case when ${email}::text is not null then ${settingId} end,
           ${since}::bigint, ${now}::bigint, ${now}::bigint
    from identity
    on conflict (id) do update set
      ${provenField('name')}, ${provenField('email')},
      proven_at = greatest(excluded.proven_at, known.proven_at),
      changed_at = excluded.changed_at
    returning id`.execute(db);
  const [contact] = rows;
  if (!contact) throw new Error('a contact that was just written is gone');
  return contact;
}

/** Taken from this proof if it gives a value and no newer proof has. */
function provenField(field: 'name' | 'email') {
  const value = sql.ref(field);
  const setting = sql.ref(`${field}_setting`);
  const taken = sql`excluded.${value} is not null
    and (known.${setting} is null or excluded.proven_at >= known.proven_at)`;
  return sql`
    ${value} = case when ${taken} then excluded.${value} else known.${value} end,
    ${setting} = case when ${taken} then excluded.${setting} else known.${setting} end`;
}

/**
 * Gives an identity that nobody has seen before to the one contact that its proof names. Not when the
 * proof names two, and not when that contact is another person of the same setting, or stands for a
 * verified one that was merged into it: then the person gets a contact of their own, as without a name.
 */
export async function linkNamedContact(
  db: Kysely<unknown>,
  proven: ProvenIdentity,
  ids: string[],
): Promise<void> {
  const { settingId, subject } = proven;
  const { rows } = await sql<{ id: string }>`
    select id from contacts where id = any (${ids}::uuid[]) and merged_into is null
      and not exists (select from contact_identities
                      where setting_id = ${settingId} and subject = ${subject})`.execute(db);
  const [named] = rows;
  if (!named || rows.length > 1) return;
  await db.transaction().execute((transaction) => link(transaction, proven, named.id));
}

/** The contact's row is locked: no merge and no other first sight comes in between. */
async function link(db: Transaction<unknown>, proven: ProvenIdentity, id: string): Promise<void> {
  const { settingId, subject, issuer, since } = proven;
  await sql`select from contacts where id = ${id} for update`.execute(db);
  await sql`
    insert into contact_identities (setting_id, subject, issuer, contact_id, since)
    select ${settingId}, ${subject}, ${issuer}, c.id, ${since}::bigint
    from contacts c
    where c.id = ${id} and c.merged_into is null
      and not exists (select from contact_identities i
                      where i.contact_id = c.id and i.setting_id = ${settingId})
      and not exists (select from contact_identities i join contacts m on m.id = i.contact_id
                      where m.merged_into = c.id)
    on conflict (setting_id, subject) do nothing`.execute(db);
}
