import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

/** Times are ms since the epoch. */
export const sightingMigrations: ModuleMigrations = {
  '2026-11-24-messenger-sightings': {
    async up(db) {
      await sql`
        create table messenger_sightings (
          deployment_id text not null,
          origin text not null,
          what text not null check (what in ('loader', 'messenger')),
          first_seen bigint not null,
          last_seen bigint not null,
          primary key (deployment_id, origin, what)
        )`.execute(db);
    },
  },
};
