import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

/** Sign-ins that are under way at a provider. `secrets` are sealed; times are ms since the epoch. */
export const tryPageMigrations: ModuleMigrations = {
  '2026-11-24-try-sign-ins': {
    async up(db) {
      await sql`
        create table try_sign_ins (
          state_hash bytea primary key check (length(state_hash) = 32),
          browser_hash bytea not null check (length(browser_hash) = 32),
          user_id text not null,
          deployment_id text not null,
          secrets text not null,
          expires_at bigint not null
        )`.execute(db);
    },
  },
};
