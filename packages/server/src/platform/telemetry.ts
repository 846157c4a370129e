import type { Logger } from 'pino';
import type { Registry } from 'prom-client';

export type Metrics = Registry;

export interface Telemetry {
  log: Logger;
  metrics: Metrics;
}
