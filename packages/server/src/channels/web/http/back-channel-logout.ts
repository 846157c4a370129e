/**
 * `POST /auth/back-channel-logout`: a provider says that somebody has signed out there (OpenID Connect
 * Back-Channel Logout 1.0 §2.5 to §2.8). Answered once their sessions have ended.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LogoutVerdict } from '../../../identity/index.ts';
import { Fault } from '../../../platform/index.ts';
import type { SignOutScope } from '../../../sessions/index.ts';
import type { WebContext } from '../context.ts';
import { openIdSettings } from './openid-settings.ts';

const PATH = '/auth/back-channel-logout';
const MAX_BODY_BYTES = 64 * 1024;
const FORM = 'application/x-www-form-urlencoded';
const PAYLOAD_TOO_LARGE = 413;

export function serveBackChannelLogout(context: WebContext): void {
  const { http, identity, sessions, configuration } = context;
  void http.register(async (scope: FastifyInstance) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: MAX_BODY_BYTES }, readForm);
    scope.setErrorHandler(refuse);
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    scope.post(PATH, { schema: { hide: true } }, async (request, reply) => {
      const verdict = await identity.proveLogout(
        openIdSettings(configuration),
        logoutToken(request.body),
        { deploymentId: '', channel: 'back-channel' },
      );
      if (verdict.outcome === 'refused') {
        const description = `The logout token was refused. Reference ${verdict.reference}.`;
        return reply.code(400).send(errorObject(description));
      }
      await sessions.signOut(scopeOf(verdict), { door: 'provider', role: 'system' });
      return reply.code(200).send();
    });
  });
}

/** §2.7: a `sid` names one session of the provider, a `sub` alone everything of the person. */
function scopeOf(verdict: Extract<LogoutVerdict, { outcome: 'accepted' }>): SignOutScope {
  const { settingId, subject, providerSession } = verdict;
  if (providerSession === null) return { of: 'person', settingId, subject: subject ?? '' };
  const of = 'provider-session' as const;
  return { of, settingIds: [settingId], providerSession, ...(subject !== null && { subject }) };
}

/** §2.5: the token is the one parameter that counts; others are ignored. */
function logoutToken(body: unknown): string {
  const token = body instanceof URLSearchParams ? body.getAll('logout_token') : [];
  const [only] = token.length === 1 ? token : [];
  if (!only) throw new Fault('invalid_request', 400, 'One logout_token is expected.');
  return only;
}

const readForm = (
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void => done(null, new URLSearchParams(body.toString()));

/** §2.8: 400 for what is wrong, and nothing that tells why: that is in the attempt. */
function refuse(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error instanceof Fault ? error.status : (error.statusCode ?? 500);
  if (status === PAYLOAD_TOO_LARGE) {
    reply.code(status).send(errorObject('The body is larger than is read.'));
  } else if (status < 500) {
    reply.code(400).send(errorObject('One logout_token is expected, as a form.'));
  } else {
    request.log.error({ err: error }, 'a back-channel logout failed');
    const description = 'The sign-out could not be carried out. Try again.';
    reply.code(status).send({ error: 'temporarily_unavailable', error_description: description });
  }
}

const errorObject = (description: string) => ({
  error: 'invalid_request',
  error_description: description,
});
