import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

export const contactMigrations: ModuleMigrations = {
  '2026-11-22-contacts': {
    async up(db) {
      await sql`
        create table contacts (
          id uuid primary key,
          name text,
          email text,
          proven_at bigint not null
        )`.execute(db);
      await sql`
        create table contact_identities (
          setting_id text not null,
          subject text not null,
          issuer text not null,
          contact_id uuid not null references contacts deferrable initially deferred,
          since bigint not null,
          primary key (setting_id, subject)
        )`.execute(db);
      await sql`create index contact_identities_contact on contact_identities (contact_id)`.execute(
        db,
      );
    },
  },
  '2026-11-24-contact-records': {
    async up(db) {
      for (const statement of [...words, ...records, ...merges, ...links]) {
        await sql.raw(statement).execute(db);
      }
    },
  },
};

/**
 * What a contact is found by: the words of name and address, the address as a whole, and a phone number's
 * digits from each place on, so that the beginning of one of these is any part of the number.
 */
const words = [
  `create function contact_words(said text) returns text[]
     language sql immutable parallel safe
     return array_remove(regexp_split_to_array(lower(said), '[^[:alnum:]]+'), '')`,
  `create function contact_terms(name text, email text, phone text) returns tsvector
     language sql immutable parallel safe
     return array_to_tsvector(array(
       select distinct left(word, 100) from (
         select unnest(contact_words(coalesce(name, '') || ' ' || coalesce(email, ''))) as word
         union all
         select substr(digits, place)
         from regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g') as digits,
              generate_series(1, least(length(digits), 20)) as place
       ) found where word <> ''
     ))`,
];

/**
 * `merged_into` points to a contact that is not merged itself: the foreign key holds it, so there are no
 * chains and no cycles, whoever writes.
 */
const records = [
  `alter table contacts
     alter column proven_at set default 0,
     add column phone text,
     add column name_setting text,
     add column email_setting text,
     add column phone_setting text,
     add column created_at bigint not null default 0,
     add column changed_at bigint not null default 0,
     add column created_by text,
     add column created_by_name text,
     add column merged_into uuid,
     add column is_merged boolean generated always as (merged_into is not null) stored,
     add column into_merged boolean
       generated always as (case when merged_into is not null then false end) stored,
     add column terms tsvector generated always as (contact_terms(name, email, phone)) stored`,
  `alter table contacts
     add constraint contacts_id_is_merged unique (id, is_merged),
     add constraint contacts_merged_into
       foreign key (merged_into, into_merged) references contacts (id, is_merged)`,
  `update contacts c set
     created_at = proven_at, changed_at = proven_at,
     name_setting = case when name is not null then setting_id end,
     email_setting = case when email is not null then setting_id end
   from contact_identities i where i.contact_id = c.id`,
  'create index contacts_terms on contacts using gin (terms) with (fastupdate = off)',
  'create index contacts_merged on contacts (merged_into, id) where merged_into is not null',
  // Compared as a whole, however long: a hash each
  'create index contacts_name on contacts using hash (name)',
  'create index contacts_email on contacts using hash (email)',
  'create index contacts_phone on contacts using hash (phone)',
];

/** Kept for ever: who joined whom, when and why, and who took it back. */
const merges = [
  `create table contact_merges (
     id uuid primary key,
     contact_id uuid not null references contacts,
     into_id uuid not null references contacts,
     reason text not null,
     merged_by text not null,
     merged_by_name text not null,
     merged_at bigint not null,
     undone_by text,
     undone_by_name text,
     undone_at bigint
   )`,
  `create unique index contact_merges_standing on contact_merges (contact_id)
     where undone_at is null`,
  'create index contact_merges_contact on contact_merges (contact_id)',
  'create index contact_merges_into on contact_merges (into_id)',
];

/** Which contact an agent linked a conversation to; null: to none. */
const links = [
  `create table contact_links (
     id uuid primary key,
     conversation_id uuid not null,
     contact_id uuid,
     linked_by text not null,
     linked_by_name text not null,
     linked_at bigint not null
   )`,
  'create index contact_links_conversation on contact_links (conversation_id, id)',
];
