import { hashPassword } from '@better-auth/utils/password';
import { FirstAdministrator as FirstRequest, NewPassword, Welcome } from '@countersign/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { Type } from 'typebox';
import type { Configuration, User } from '../../configuration/index.ts';
import type { Clock, Http } from '../../platform/index.ts';
import { readAccount } from './account-store.ts';
import { beginAttempt } from './confirm-person.ts';
import { type FirstAdministrator, linkGone } from './first-administrator.ts';
import { answerOf, type Forward, passOn } from './forward.ts';
import { findLink, type StaffLink } from './link-store.ts';
import { hashToken } from './link-token.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { passkeysWork } from './staff-auth.ts';
import { writePassword } from './staff-store.ts';
import { takeLink } from './take-link.ts';

const Token = Type.String({ maxLength: 200 });
const WithToken = Type.Object({ token: Token }, { additionalProperties: false });
const WithPassword = Type.Object(
  { token: Token, password: NewPassword },
  { additionalProperties: false },
);
const WithPasskey = Type.Object({
  token: Token,
  response: Type.Record(Type.String(), Type.Unknown()),
  name: Type.String({ minLength: 1, maxLength: 100 }),
});
/** Of a browser in which somebody else is signed in: that session goes nowhere near. */
const CHALLENGE = ['.passkey'];

export interface WelcomeParts {
  kysely: Kysely<unknown>;
  forward: Forward;
  limits: SignInLimits;
  clock: Clock;
  configuration: Configuration;
  publicUrl: string;
  first: FirstAdministrator;
}

interface Invited {
  link: StaffLink;
  user: User;
}

/** What stands behind `/welcome#TOKEN`: tokens come in bodies, never in paths or queries. */
export function welcomeRoutes(http: Http, parts: WelcomeParts): void {
  const { kysely, forward, clock, first } = parts;
  const looked = { body: WithToken, response: { 200: Welcome } };
  http.post('/auth/welcome/look', { schema: looked }, async (request, reply) => {
    const found = await open(parts, request, reply, request.body.token);
    return found === 'first' ? { kind: 'first' as const } : describe(parts, found);
  });

  http.post('/auth/welcome/first', { schema: { body: FirstRequest } }, async (request, reply) => {
    const found = await open(parts, request, reply, request.body.token);
    if (found !== 'first') throw linkGone();
    const { email, password } = request.body;
    await first.create(request.body);
    return signIn(forward, request, reply, { email: email.toLowerCase(), password });
  });

  http.post('/auth/welcome', { schema: { body: WithPassword } }, async (request, reply) => {
    const { token, password } = request.body;
    const { link, user } = await openInvitation(parts, request, reply, token);
    const hash = await hashPassword(password);
    await kysely.transaction().execute(async (transaction) => {
      const now = new Date(clock.now());
      if (!(await takeLink(transaction, link.id, now))) throw linkGone();
      await writePassword(transaction, user.id, hash, now);
    });
    return signIn(forward, request, reply, { email: user.email, password });
  });

  if (passkeysWork(parts.publicUrl)) passkeyRoutes(http, parts);
}

function passkeyRoutes(http: Http, parts: WelcomeParts): void {
  const { kysely, forward } = parts;
  const options = { schema: { body: WithToken } };
  const openForPasskey = async (request: FastifyRequest, reply: FastifyReply, token: string) => {
    const invited = await openInvitation(parts, request, reply, token);
    if (!(await mayUsePasskey(kysely, invited))) throw linkGone();
    return invited;
  };
  http.post('/auth/welcome/passkey/options', options, async (request, reply) => {
    const { link } = await openForPasskey(request, reply, request.body.token);
    const path = '/passkey/generate-register-options';
    const answer = await forward(request, { path, query: { context: link.id }, cookies: [] });
    await answerOf(answer.clone());
    return passOn(reply, answer);
  });
  http.post('/auth/welcome/passkey', { schema: { body: WithPasskey } }, async (request, reply) => {
    const { token, response, name } = request.body;
    await openForPasskey(request, reply, token);
    const path = '/passkey/verify-registration';
    const body = { response, name, createSession: true };
    const answer = await forward(request, { path, body, cookies: CHALLENGE });
    await answerOf(answer.clone());
    return passOn(reply, answer);
  });
}

/** Faults: `link_gone` 404, alike for what never was and what is over; `too_many_attempts` 429. */
async function open(
  { kysely, clock, configuration, limits }: WelcomeParts,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<'first' | Invited> {
  const now = new Date(clock.now());
  const { users } = configuration.current();
  const link = await findLink(kysely, hashToken(token), now);
  const user = link?.userId ? users.get(link.userId) : undefined;
  // Who got the role secrets after the link was made is not handed to whoever made it without
  if (link && user && (link.withSecrets || !user.roles.includes('secrets'))) return { link, user };
  if (link && link.userId === null && users.size === 0) return 'first';
  await beginAttempt(limits, { email: '', address: request.ip, userId: undefined }, reply);
  throw linkGone();
}

async function openInvitation(
  parts: WelcomeParts,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): Promise<Invited> {
  const found = await open(parts, request, reply, token);
  if (found === 'first') throw linkGone();
  return found;
}

async function describe({ kysely, publicUrl }: WelcomeParts, invited: Invited) {
  const { link, user } = invited;
  const { secondFactor } = await readAccount(kysely, user.id);
  return {
    kind: 'invitation' as const,
    email: user.email,
    name: user.name,
    secondFactor: secondFactor && !link.startOver,
    passkey: passkeysWork(publicUrl) && (await mayUsePasskey(kysely, invited)),
  };
}

/** A link alone does not get around a second factor, which a new passkey would. */
async function mayUsePasskey(kysely: Kysely<unknown>, { link, user }: Invited): Promise<boolean> {
  return link.startOver || !(await readAccount(kysely, user.id)).secondFactor;
}

/** With what was just set, so that a second factor is asked for as ever. */
async function signIn(
  forward: Forward,
  request: FastifyRequest,
  reply: FastifyReply,
  body: { email: string; password: string },
): Promise<FastifyReply> {
  return passOn(reply, await forward(request, { path: '/sign-in/email', body, cookies: [] }));
}
