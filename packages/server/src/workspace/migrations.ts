import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

export const workspaceMigrations: ModuleMigrations = {
  '2026-11-24-read-marks': {
    async up(db) {
      await sql`
        create table read_marks (
          agent_id uuid not null,
          conversation_id uuid not null,
          seq integer not null,
          primary key (agent_id, conversation_id)
        )`.execute(db);
    },
  },
};
