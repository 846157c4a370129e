import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { Type } from 'typebox';
import type { Configuration } from '../../configuration/index.ts';
import { type Clock, Fault, type Http } from '../../platform/index.ts';
import type { CompanySignIn } from './company-sign-in.ts';
import { beginAttempt } from './confirm-person.ts';
import { answerOf, type Forward, passOn, takeCookies } from './forward.ts';
import { endSessionByToken } from './session-store.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { passkeysWork } from './staff-auth.ts';
import { isFirstUse } from './used-codes.ts';

const Credentials = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 4096 }),
  rememberMe: Type.Optional(Type.Boolean()),
});
const Code = Type.Object({ code: Type.String({ minLength: 1, maxLength: 32 }) });
const Assertion = Type.Object({ response: Type.Record(Type.String(), Type.Unknown()) });

/** Ends of the names of cookies: what a step of a sign-in may see, which is never another session. */
const SECOND_STEP = ['.two_factor', '.dont_remember'];
const CHALLENGE = ['.passkey'];

export interface StaffRouteParts {
  kysely: Kysely<unknown>;
  forward: Forward;
  limits: SignInLimits;
  clock: Clock;
  configuration: Configuration;
  publicUrl: string;
  /** Null: the company has set up no sign-in of its own. */
  company: CompanySignIn | null;
}

/**
 * The calls of the sign-in library that people need; no other of its paths is reachable. Sign-in
 * answers alike for an unknown account and a wrong password.
 */
export function staffRoutes(http: Http, parts: StaffRouteParts): void {
  const { forward, publicUrl, company } = parts;
  const ways = {
    password: true,
    passkey: passkeysWork(publicUrl),
    company: company ? { name: company.name } : null,
  };
  http.get('/auth/ways', async () => ways);
  passwordRoutes(http, parts);
  http.post('/auth/sign-out', async (request, reply) =>
    passOn(reply, await forward(request, { body: {} })),
  );
  http.get('/auth/get-session', async (request, reply) => passOn(reply, await forward(request)));
  if (ways.passkey) passkeyRoutes(http, parts);
  company?.routes(http);
}

function passwordRoutes(http: Http, parts: StaffRouteParts): void {
  const { forward, limits, configuration } = parts;
  http.post('/auth/sign-in/email', { schema: { body: Credentials } }, async (request, reply) => {
    const { email, password, rememberMe } = request.body;
    const userId = configuration.current().usersByEmail.get(email.toLowerCase())?.id;
    const attempt = { email, address: request.ip, userId };
    await beginAttempt(limits, attempt, reply);
    const body = { email, password, ...(rememberMe === undefined ? {} : { rememberMe }) };
    const answer = await forward(request, { body });
    // The password alone is no sign-in yet where a second factor is asked for
    const isSecondStep = answer.ok && 'twoFactorRedirect' in (await answer.clone().json());
    if (answer.ok && !isSecondStep) await limits.succeeded(attempt);
    return passOn(reply, answer);
  });
  const second = (path: string, takes: 'once' | 'any') =>
    http.post(`/auth${path}`, { schema: { body: Code } }, (request, reply) =>
      secondStep(parts, request, reply, path, { code: request.body.code.trim(), takes }),
    );
  second('/two-factor/verify-totp', 'once');
  second('/two-factor/verify-backup-code', 'any');
}

/** The library counts: five codes for one password, ten wrong ones in a row for one account. */
async function secondStep(
  { kysely, forward, limits, clock, configuration }: StaffRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  { code, takes }: { code: string; takes: 'once' | 'any' },
): Promise<FastifyReply> {
  const answer = await forward(request, { path, body: { code }, cookies: SECOND_STEP });
  const { token } = await answerOf(answer.clone()).catch((refused: unknown) => {
    takeCookies(reply, answer);
    throw refused;
  });
  const userId = await userOf(answer);
  const user = userId === null ? undefined : configuration.current().users.get(userId);
  // A code holds for a minute, and for one sign-in (RFC 6238 §5.2)
  if (takes === 'once' && !(await isFirstUse(kysely, clock, `${userId}`, code))) {
    await endSessionByToken(kysely, String(token));
    throw new Fault('code_used', 403, 'This code was used already. Wait for the next one.');
  }
  if (user) await limits.succeeded({ email: user.email, address: request.ip, userId: user.id });
  return passOn(reply, answer);
}

async function userOf(answer: Response): Promise<string | null> {
  const body: { user?: { id?: unknown } } = await answer.clone().json();
  return typeof body.user?.id === 'string' ? body.user.id : null;
}

function passkeyRoutes(http: Http, { forward }: StaffRouteParts): void {
  http.post('/auth/passkey/options', async (request, reply) => {
    const path = '/passkey/generate-authenticate-options';
    return passOn(reply, await forward(request, { path, cookies: [] }));
  });
  http.post('/auth/passkey/sign-in', { schema: { body: Assertion } }, async (request, reply) => {
    const path = '/passkey/verify-authentication';
    const { response } = request.body;
    const answer = await forward(request, { path, body: { response }, cookies: CHALLENGE });
    await answerOf(answer.clone());
    return passOn(reply, answer);
  });
}
