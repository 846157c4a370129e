import type { ModuleMigrations } from '../platform/index.ts';
import { identityMigrations as attemptMigrations } from './attempts/migrations.ts';
import { keyMigrations } from './keys/migrations.ts';
import { usedTokenMigrations } from './used-tokens/migrations.ts';

export const identityMigrations: ModuleMigrations = {
  ...attemptMigrations,
  ...keyMigrations,
  ...usedTokenMigrations,
};
