import { HISTORY_PAGE_SIZE, type HistoryPage, MAX_HISTORY_PAGE_SIZE } from '@countersign/protocol';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../../../platform/index.ts';
import type { WebContext } from '../context.ts';
import { entryBody } from '../entry-body.ts';
import { fileLinks } from '../file-links.ts';
import { allowPages, bearerOf } from './guest-routes.ts';
import { badRequest } from './rest-error.ts';

const PATH = '/api/v2/webmessaging/messages';
/** Beyond this a page holds nothing anyway, and the database is spared the count. */
const MAX_PAGE_NUMBER = 1_000_000;

/** What the session may read, newest first (§7): bodies as they were sent live, to the byte. */
export function serveHistory(parent: FastifyInstance, context: WebContext): void {
  void parent.register(async (scope) => {
    allowPages(scope, context, [PATH]);
    scope.get<{ Querystring: Record<string, unknown> }>(PATH, async (request) => {
      const pageNumber = whole(request.query.pageNumber, 1, MAX_PAGE_NUMBER);
      const pageSize = whole(request.query.pageSize, HISTORY_PAGE_SIZE, MAX_HISTORY_PAGE_SIZE);
      return page(context, bearerOf(request), pageNumber, pageSize);
    });
  });
}

async function page(
  context: WebContext,
  jwt: string,
  pageNumber: number,
  pageSize: number,
): Promise<HistoryPage> {
  const { sessions, conversations, configuration, limiter } = context;
  const sessionId = await sessions.verifyHistoryToken(jwt);
  limiter.spendFor('historyPerSession', sessionId);
  const [session, ids] = await Promise.all([
    sessions.read(sessionId),
    sessions.conversationsOf(sessionId),
  ]);
  if (!session) throw new Fault('unauthorized', 401, 'The session has ended.');
  const range = { offset: (pageNumber - 1) * pageSize, limit: pageSize };
  const { entries, total } = await conversations.history(ids, range);
  const deployment = configuration.current().deployments.get(session.deploymentId);
  const disconnect = deployment?.configuration.conversations.disconnect ?? 'Off';
  const links = fileLinks(context);
  const entities = entries.flatMap((entry) => entryBody(entry, disconnect, links) ?? []);
  return { entities, pageSize, pageNumber, total, pageCount: Math.ceil(total / pageSize) };
}

/** A whole number of a query, from 1 to `max`; more counts as `max`. Fault `bad.request` 400. */
function whole(given: unknown, fallback: number, max: number): number {
  if (given === undefined || given === '') return fallback;
  if (typeof given !== 'string' || !/^\d{1,9}$/.test(given) || Number(given) === 0) {
    throw badRequest('pageNumber and pageSize are whole numbers from 1.');
  }
  return Math.min(Number(given), max);
}
