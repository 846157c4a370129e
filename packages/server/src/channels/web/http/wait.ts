import type { WaitAnswer } from '@countersign/protocol';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../../../platform/index.ts';
import type { WebContext } from '../context.ts';
import { allowPages, bearerOf } from './guest-routes.ts';

const PATH = '/api/v2/webmessaging/wait';

/**
 * How long a customer is still to wait: our own addition, which no frame carries and nobody has to ask for.
 * 204: they do not wait in a queue.
 */
export function serveWait(parent: FastifyInstance, context: WebContext): void {
  void parent.register(async (scope) => {
    allowPages(scope, context, [PATH]);
    scope.get(PATH, async (request, reply) => {
      const wait = await waitOf(context, bearerOf(request));
      reply.header('cache-control', 'no-store');
      return wait ? reply.send(wait) : reply.code(204).send();
    });
  });
}

async function waitOf(
  { sessions, routing, limiter }: WebContext,
  jwt: string,
): Promise<WaitAnswer | null> {
  const sessionId = await sessions.verifyHistoryToken(jwt);
  // Who asks again and again for the wait can still read the history
  limiter.spendFor('historyPerSession', `wait/${sessionId}`);
  const [session, ids] = await Promise.all([
    sessions.read(sessionId),
    sessions.conversationsOf(sessionId),
  ]);
  if (!session) throw new Fault('unauthorized', 401, 'The session has ended.');
  const last = ids.at(-1);
  const wait = last === undefined ? null : await routing.waitOf(last);
  if (!wait) return null;
  const { position, estimatedSeconds } = wait;
  return { position, ...(estimatedSeconds !== null && { estimatedSeconds }) };
}
