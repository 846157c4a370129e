export { createSightings, type Sightings } from './create-sightings.ts';
export { sightingMigrations } from './migrations.ts';
export type { Sighting } from './store.ts';
