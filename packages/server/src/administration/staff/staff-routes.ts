import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Configuration } from '../../configuration/index.ts';
import { Fault, type Http } from '../../platform/index.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { CLIENT_ADDRESS_HEADER, type OpenStaffAuth } from './staff-auth.ts';

const Credentials = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 4096 }),
  rememberMe: Type.Optional(Type.Boolean()),
});

export interface StaffRouteParts {
  openAuth: OpenStaffAuth;
  limits: SignInLimits;
  configuration: Configuration;
  publicUrl: string;
}

/**
 * The three calls of the sign-in library that people need; no other of its paths is reachable. Sign-in
 * answers alike for an unknown account and a wrong password.
 */
export function staffRoutes(http: Http, parts: StaffRouteParts): void {
  const { openAuth, limits, configuration, publicUrl } = parts;
  const forward = async (request: FastifyRequest, reply: FastifyReply, body?: unknown) => {
    const auth = await openAuth();
    const answer = await auth.handler(toWebRequest(request, publicUrl, body));
    return send(reply, answer);
  };

  http.post('/auth/sign-in/email', { schema: { body: Credentials } }, async (request, reply) => {
    const { email, password, rememberMe } = request.body;
    const userId = configuration.current().usersByEmail.get(email.toLowerCase())?.id;
    const attempt = { email, address: request.ip, userId };
    const wait = await limits.begin(attempt);
    if (wait !== null) {
      reply.header('retry-after', wait);
      throw new Fault('too_many_attempts', 429, 'Too many attempts to sign in. Try again later.');
    }
    const body = { email, password, ...(rememberMe === undefined ? {} : { rememberMe }) };
    const auth = await openAuth();
    const answer = await auth.handler(toWebRequest(request, publicUrl, body));
    if (answer.ok) await limits.succeeded(attempt);
    return send(reply, answer);
  });
  http.post('/auth/sign-out', (request, reply) => forward(request, reply, {}));
  http.get('/auth/get-session', (request, reply) => forward(request, reply));
}

function toWebRequest(request: FastifyRequest, origin: string, body?: unknown): Request {
  const headers = new Headers();
  for (const name of ['cookie', 'origin', 'referer', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  for (const name of ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set(CLIENT_ADDRESS_HEADER, request.ip);
  const path = request.url.split('?', 1)[0] ?? '/';
  const url = new URL(path, origin);
  if (body === undefined) return new Request(url, { headers });
  headers.set('content-type', 'application/json');
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function send(reply: FastifyReply, answer: Response): Promise<FastifyReply> {
  reply.code(answer.status).header('cache-control', 'no-store');
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
  const type = answer.headers.get('content-type');
  if (type) reply.type(type);
  return reply.send(await answer.text());
}
