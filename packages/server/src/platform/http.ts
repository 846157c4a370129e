import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { Histogram } from 'prom-client';
import { healthRoutes } from './health-routes.ts';
import { newId } from './ids.ts';
import { answerError, answerNotFound } from './problem.ts';
import { securityHeaders } from './security-headers.ts';
import type { Metrics, Telemetry } from './telemetry.ts';
import { routeUpgrades, type Upgrades } from './upgrades.ts';
import { validateRequest } from './validate-request.ts';

/** The node's one port: Fastify with TypeBox schemas, and a router for WebSocket upgrades. */
export type Http = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
> & { upgrades: Upgrades };

const BODY_LIMIT_BYTES = 256 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the idle time of common balancers, so that they close first. */
const KEEP_ALIVE_MS = 75_000;

/**
 * `ready` rejects while the node should get no new work (database gone, migrations not done).
 * Errors of handlers are answered as `application/problem+json`; `Fault`s with their code and sentence.
 */
export function createHttp(options: {
  telemetry: Telemetry;
  publicUrl: string;
  ready: () => Promise<void>;
}): Http {
  const { log, metrics } = options.telemetry;
  const logger: FastifyBaseLogger = log.child({ part: 'http' });
  const app = Fastify({
    loggerInstance: logger,
    // observeRequests logs them, without what must not be in a log
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newId,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: false },
  }).withTypeProvider<TypeBoxTypeProvider>();
  const upgrades = routeUpgrades(app.server);
  app.setValidatorCompiler(validateRequest);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  app.addHook('onSend', securityHeaders(options.publicUrl));
  app.addHook('onResponse', observeRequests(metrics));
  app.addHook('preClose', () => upgrades.close());
  const http = Object.assign(app, { upgrades });
  healthRoutes(http, options.ready, metrics);
  return http;
}

/** Method, path and outcome: no query, header or body, where secrets and messages are. */
function observeRequests(metrics: Metrics) {
  const duration = new Histogram({
    name: 'countersign_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    registers: [metrics],
  });
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { method, url } = request;
    const status = reply.statusCode;
    const route = request.routeOptions.url ?? 'none';
    duration.observe({ method, route, status }, reply.elapsedTime / 1_000);
    const level = route === '/healthz' || route === '/readyz' ? 'debug' : 'info';
    const path = url.split('?', 1)[0];
    request.log[level]({ method, path, status, ms: Math.round(reply.elapsedTime) }, 'request');
  };
}
