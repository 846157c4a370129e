import { setTimeout as delay } from 'node:timers/promises';
import type { Http } from './http.ts';
import type { Metrics } from './telemetry.ts';

/** Longer than this and a balancer should send people elsewhere. */
const READY_WITHIN_MS = 2_000;

/**
 * `/healthz`: the process runs. `/readyz`: `ready` resolves in time, else 503. `/metrics`: Prometheus.
 * A node that starts or stops is healthy and not ready.
 */
export function healthRoutes(http: Http, ready: () => Promise<void>, metrics: Metrics): void {
  const schema = { hide: true };
  http.get('/healthz', { schema }, async () => ({ status: 'ok' }));
  http.get('/readyz', { schema }, async (request, reply) => {
    const patience = new AbortController();
    try {
      await Promise.race([ready(), late(patience.signal)]);
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'not ready');
      return reply.code(503).send({ status: 'unavailable' });
    } finally {
      patience.abort();
    }
  });
  http.get('/metrics', { schema }, async (_request, reply) => {
    reply.type(metrics.contentType);
    return metrics.metrics();
  });
}

async function late(signal: AbortSignal): Promise<never> {
  await delay(READY_WITHIN_MS, undefined, { signal });
  throw new Error('the database took too long');
}
