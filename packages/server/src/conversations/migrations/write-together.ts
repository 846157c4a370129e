import { type Kysely, sql } from 'kysely';

/**
 * Puts what every message changes side by side, at the front of the row. Of a changed row PostgreSQL logs
 * what lies between the first and the last byte that differ: with the link at the end that was nearly all.
 */
export async function writeTogether(db: Kysely<unknown>): Promise<void> {
  const { rows: indexes } = await sql<{ definition: string }>`
    select pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = 'conversations'::regclass and not indisprimary`.execute(db);
  await sql`alter table conversations rename to conversations_before`.execute(db);
  await sql`alter index conversations_pkey rename to conversations_before_pkey`.execute(db);
  await sql.raw(`create table conversations (${COLUMNS}) with (fillfactor = 50)`).execute(db);
  const names = sql.raw(
    COLUMNS.split(',\n')
      .map((column) => column.trim().split(' ')[0])
      .join(', '),
  );
  await sql`insert into conversations (${names}) select ${names} from conversations_before`.execute(
    db,
  );
  await sql`drop table conversations_before`.execute(db);
  for (const { definition } of indexes) await sql.raw(definition).execute(db);
}

const COLUMNS = `
  id uuid primary key,
  last_seq integer not null,
  last_at bigint not null,
  customer_seq integer not null,
  link bytea not null,
  identity_state text not null,
  state text not null,
  owner_key text not null,
  channel text not null,
  deployment_id text not null,
  workstream_id text not null,
  queue_id text,
  priority integer,
  assignee_id text,
  offered_to_id text,
  offer_expires_at bigint,
  declined_by text[] not null default '{}',
  capacity integer not null,
  contact_id text,
  customer_name text,
  customer_email text,
  locale text,
  identity json not null,
  identity_until bigint,
  context json not null,
  routing json,
  opened_at bigint not null,
  changed_at bigint not null,
  queued_at bigint,
  overflowed_from text[] not null default '{}',
  told_next boolean not null default false,
  assigned_at bigint,
  ended_at bigint,
  ended_by text,
  wrap_up_until bigint,
  rating smallint check (rating between 1 and 5),
  closed_at bigint`;
