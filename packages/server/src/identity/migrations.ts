import type { ModuleMigrations } from '../platform/index.ts';
import { identityMigrations as attemptMigrations } from './attempts/migrations.ts';
import { keyMigrations } from './keys/migrations.ts';

export const identityMigrations: ModuleMigrations = {
  ...attemptMigrations,
  ...keyMigrations,
};
