import { type Logger, pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { describeError } from './describe-error.ts';

export type Metrics = Registry;

export interface Telemetry {
  log: Logger;
  metrics: Metrics;
}

/** Names under which a secret could be handed to the log by mistake (invariant 10). */
const SECRET_NAMES = [
  ...['authorization', 'cookie', 'password', 'secret', 'clientSecret', 'apiKey', 'key'],
  ...['token', 'jwt', 'idToken', 'accessToken', 'refreshToken', 'codeVerifier', 'text'],
];

/** JSON lines on standard error, and a Prometheus registry with what Node tells of itself. */
export function createTelemetry(options: { level?: string } = {}): Telemetry {
  const log = pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: {
        paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`]),
        censor: '[redacted]',
      },
    },
    // Not synchronous: a reader that stalls must not stall the node
    pino.destination({ dest: 2, sync: false }),
  );
  const metrics = new Registry();
  // Includes the lag of the event loop
  collectDefaultMetrics({ register: metrics });
  return { log, metrics };
}
