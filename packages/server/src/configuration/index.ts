export { configurationMigrations } from './migrations.ts';
export type * from './objects.ts';
export { holidayAt, isOpen, nextOpening } from './opening-hours.ts';
export type { Bodies, Draft, Kind, StoredObject } from './stored-object.ts';
export {
  type Configuration,
  createConfiguration,
  type WatchedConfiguration,
} from './watch-configuration.ts';
export {
  type ConfigurationWriter,
  createConfigurationWriter,
  type Decide,
  type ObjectChange,
} from './write-configuration.ts';
