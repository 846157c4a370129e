export { type Bus, localBus } from './bus.ts';
export { type Clock, systemClock } from './clock.ts';
export { type Cell, csvCell, csvLine } from './csv.ts';
export {
  type Database,
  type DatabaseOptions,
  type ModuleMigrations,
  openDatabase,
  STATEMENT_TIMEOUT_MS,
} from './database.ts';
export { isDatabaseUnavailable } from './database-unavailable.ts';
export { Fault, notFound } from './fault.ts';
export { createHttp, type Http } from './http.ts';
export { newId } from './ids.ts';
export { natsBus } from './nats-bus.ts';
export {
  createOutbound,
  type Outbound,
  type OutboundAnswer,
  type OutboundBytes,
} from './outbound.ts';
export { answerError, type Problem } from './problem.ts';
export { createSeal, type Seal } from './seal.ts';
export { keepSealingKey, parseSealingKey } from './sealing-key.ts';
export { createTelemetry, type Metrics, type Telemetry } from './telemetry.ts';
export type { UpgradeHandler, Upgrades } from './upgrades.ts';
