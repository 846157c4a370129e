import { RatingRequest } from '@countersign/protocol';
import type { FastifyInstance } from 'fastify';
import { Value } from 'typebox/value';
import { hasEnded } from '../../../conversations/index.ts';
import { Fault } from '../../../platform/index.ts';
import type { WebContext } from '../context.ts';
import { isStorable } from '../read-request.ts';
import { allowPages, bearerOf } from './guest-routes.ts';
import { badRequest } from './rest-error.ts';

const PATH = '/api/v2/webmessaging/rating';

/** How it was, once, by whoever holds the session of a conversation that has ended. */
export function serveRating(parent: FastifyInstance, context: WebContext): void {
  void parent.register(async (scope) => {
    allowPages(scope, context, [PATH]);
    scope.post(PATH, async (request, reply) => {
      const { body } = request;
      if (!Value.Check(RatingRequest, body) || !isStorable(body.comment ?? ''))
        throw badRequest('score is a whole number from 1 to 5, comment a text of at most 500.');
      await rate(context, bearerOf(request), body);
      return reply.code(204).send();
    });
  });
}

async function rate(
  { sessions, conversations, limiter }: WebContext,
  jwt: string,
  { score, comment = '' }: RatingRequest,
): Promise<void> {
  const sessionId = await sessions.verifyHistoryToken(jwt);
  limiter.spendFor('historyPerSession', sessionId);
  if (!(await sessions.read(sessionId)))
    throw new Fault('unauthorized', 401, 'The session has ended.');
  const last = (await sessions.conversationsOf(sessionId)).at(-1);
  if (last === undefined) throw notNow();
  await conversations.change(last, (record) => {
    if (!hasEnded(record) || record.rating !== null) throw notNow();
    const data = { score, ...(comment.trim() && { comment: comment.trim() }) };
    return {
      set: { rating: score },
      entries: [{ kind: 'rated', role: 'customer', senderId: sessionId, data }],
    };
  });
}

const notNow = () => new Fault('not_rateable', 409, 'There is nothing to rate, or no longer.');
