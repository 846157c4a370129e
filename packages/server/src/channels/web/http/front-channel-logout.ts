/**
 * `GET /auth/front-channel-logout?iss=…&sid=…`: the provider's page loads this in a frame while somebody
 * signs out there (OpenID Connect Front-Channel Logout 1.0). Only the provider's own pages may frame
 * it; whether a session was found is nobody's to learn.
 */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { WebContext } from '../context.ts';
import { openIdSettings } from './openid-settings.ts';
import { answerRestError } from './rest-error.ts';

const PATH = '/auth/front-channel-logout';
const Query = Type.Object({
  iss: Type.String({ minLength: 1, maxLength: 512 }),
  sid: Type.String({ minLength: 1, maxLength: 512 }),
});
const PAGE = '<!doctype html><meta charset="utf-8"><title>Signed out</title>';

export function serveFrontChannelLogout(context: WebContext): void {
  const { http, sessions, limiter } = context;
  void http.register(async (scope: FastifyInstance) => {
    scope.setErrorHandler(answerRestError);
    scope.get<{ Querystring: { iss: string; sid: string } }>(
      PATH,
      { schema: { hide: true, querystring: Query } },
      async (request, reply) => {
        limiter.spendFor('frontChannelLogoutsPerAddress', request.ip);
        const { iss, sid } = request.query;
        const settingIds = settingsOf(context, iss);
        const ancestors = settingIds.length > 0 ? new URL(iss).origin : "'none'";
        if (settingIds.length > 0) {
          await sessions.signOut(
            { of: 'provider-session', settingIds, providerSession: sid, issuer: iss },
            { door: 'provider', role: 'system' },
          );
        }
        reply.header('cache-control', 'no-store');
        reply.header('content-security-policy', `default-src 'none'; frame-ancestors ${ancestors}`);
        return reply.type('text/html; charset=utf-8').send(PAGE);
      },
    );
  });
}

/** Settings whose provider may be this issuer: the discovery document is at its own origin. */
function settingsOf({ configuration }: WebContext, iss: string): string[] {
  const origin = URL.parse(iss)?.origin;
  return openIdSettings(configuration)
    .filter(({ discoveryUri }) => URL.parse(discoveryUri)?.origin === origin)
    .map(({ id }) => id);
}
