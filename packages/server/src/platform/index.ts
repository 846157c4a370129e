export { type Bus, localBus } from './bus.ts';
export { type Clock, systemClock } from './clock.ts';
export {
  type Database,
  type DatabaseOptions,
  type ModuleMigrations,
  openDatabase,
  STATEMENT_TIMEOUT_MS,
} from './database.ts';
export { Fault, notFound } from './fault.ts';
export { newId } from './ids.ts';
export type { Outbound, OutboundAnswer } from './outbound.ts';
export type { Seal } from './seal.ts';
export type { Metrics, Telemetry } from './telemetry.ts';
