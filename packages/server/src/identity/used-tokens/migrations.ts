import { sql } from 'kysely';
import type { ModuleMigrations } from '../../platform/index.ts';

/** `digest` is SHA-256: an identifier may be long, and no claim of a token is kept. */
export const usedTokenMigrations: ModuleMigrations = {
  '2026-11-24-used-tokens': {
    async up(database) {
      await sql`
        create table used_tokens (
          setting_id text not null,
          digest bytea not null check (length(digest) = 32),
          expires_at timestamptz not null,
          primary key (setting_id, digest)
        )`.execute(database);
      await sql`create index used_tokens_expiry on used_tokens (expires_at)`.execute(database);
    },
  },
};
