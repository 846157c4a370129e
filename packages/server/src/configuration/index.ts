export { holidayAt, isOpen, nextOpening } from '@countersign/protocol';
export { isOriginAllowed } from './allowed-origin.ts';
export { deleteDraft, readDrafts, writeDraft } from './draft-store.ts';
export { type GuestAdmission, guestAdmission, mayStepUp } from './guest-admission.ts';
export { configurationMigrations } from './migrations.ts';
export type * from './objects.ts';
export { readPublished } from './store.ts';
export type {
  Bodies,
  Draft,
  Kind,
  ObjectKey,
  PublishedConfiguration,
  StoredObject,
  UnpublishedConfiguration,
} from './stored-object.ts';
export { createStoredObjects, type StoredObjects } from './stored-objects.ts';
export {
  type Configuration,
  createConfiguration,
  type WatchedConfiguration,
} from './watch-configuration.ts';
export {
  type ConfigurationWriter,
  createConfigurationWriter,
  type Decide,
  type Decision,
  type ObjectChange,
  type Origin,
  type RecordWritten,
  type Written,
} from './write-configuration.ts';
