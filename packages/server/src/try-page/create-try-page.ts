/**
 * `/try/{deploymentId}`: a page on which staff try a deployment's messenger before any site has it. Who
 * is signed in is asked for every page and every answer of a provider.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Identify, requireRole, rolesOf } from '../administration/index.ts';
import type { Configuration, User } from '../configuration/index.ts';
import { Fault, type Http, notFound } from '../platform/index.ts';
import { browserCookie } from './browser-cookie.ts';
import { callbackPage, sorryPage, tryPage } from './pages.ts';
import { readAnswer } from './read-answer.ts';
import { CALLBACK_PATH, createSignIns, type SignInParts } from './sign-ins.ts';

const ASSETS = join(import.meta.dirname, '../../../messenger/dist/try');
const ASSET_NAMES = ['try.js', 'callback.js', 'try.css'];
const ROLES = ['administrator', 'developer'] as const;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface TryPageParts extends SignInParts {
  http: Http;
  identify: Identify;
  configuration: Pick<Configuration, 'current'>;
}

export interface TryPage {
  /** Whoever asks may see the messenger on the try page. */
  mayTry(request: FastifyRequest): Promise<boolean>;
}

export function createTryPage(parts: TryPageParts): TryPage {
  const { http, identify, configuration, publicUrl } = parts;
  const signIns = createSignIns(parts);
  const cookie = browserCookie(publicUrl);
  const ownOrigin = new URL(publicUrl).origin;
  const find = (id: string) => configuration.current().deployments.get(id.toLowerCase());

  http.get<{ Params: { name: string } }>(
    '/try/assets/:name',
    { schema: { hide: true } },
    async (request, reply) => {
      const { name } = request.params;
      const isOurs = ASSET_NAMES.includes(name) && existsSync(join(ASSETS, name));
      if (!isOurs) throw notFound('file');
      return reply.sendFile(name, ASSETS, { cacheControl: false });
    },
  );

  http.get<{ Params: { deploymentId: string } }>(
    '/try/:deploymentId',
    { schema: { hide: true } },
    async (request, reply) => {
      const user = await tester(request);
      if (typeof user === 'number') return sorry(reply, user);
      const deployment = find(request.params.deploymentId);
      if (!deployment) return sorry(reply, 404);
      return html(reply, 200, tryPage(deployment, signIns.redirectUri));
    },
  );

  http.post(
    '/try/:deploymentId/sign-ins',
    {
      schema: {
        hide: true,
        params: Type.Object({ deploymentId: Type.String({ format: 'uuid' }) }),
        body: Type.Object(
          { redirect: Type.Boolean(), again: Type.Boolean() },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const staff = await requireRole(identify, request, ROLES);
      if (staff.kind !== 'user' || request.headers.origin !== ownOrigin)
        throw new Fault('forbidden', 403, 'Only the page itself begins a sign-in.');
      const { deploymentId } = request.params;
      const deployment = find(deploymentId);
      if (!deployment) throw notFound('deployment');
      const { setting } = deployment;
      if (setting?.type !== 'openid-connect')
        throw new Fault('no_provider', 409, 'This deployment has no openid-connect setting.');
      const { value: browser, line } = cookie.give(cookie.read(request));
      const by = { browser, userId: staff.user.id, deploymentId: deployment.id, ...request.body };
      const begun = await signIns.begin(setting, by);
      return reply.header('set-cookie', line).header('cache-control', 'no-store').send(begun);
    },
  );

  // HEAD is what scanners of links send: it must not use up a state
  http.get(
    CALLBACK_PATH,
    { exposeHeadRoute: false, schema: { hide: true } },
    async (request, reply) => {
      const user = await tester(request);
      if (typeof user === 'number') return sorry(reply, user);
      const browser = cookie.read(request);
      const query = new URLSearchParams(request.raw.url?.split('?')[1] ?? '');
      const answer = readAnswer(query);
      const begun =
        answer && browser ? await signIns.take(answer.state, { browser, userId: user.id }) : null;
      if (answer === null || begun === null) return sorry(reply, 400);
      const { id, redirect, deploymentId, nonce, codeVerifier } = begun;
      const { redirectUri } = signIns;
      const told =
        'code' in answer
          ? {
              proof: {
                ...{ authCode: answer.code, redirectUri, nonce, codeVerifier },
                ...(answer.iss !== null && { iss: answer.iss }),
              },
            }
          : { error: answer.error, description: answer.description };
      const to = redirect ? `/try/${deploymentId}` : null;
      return html(reply, 200, callbackPage({ id, to, ...told }));
    },
  );

  /** A person with one of the roles, or the status to answer with. An API key opens no page. */
  async function tester(request: FastifyRequest): Promise<User | 401 | 403> {
    const staff = await identify(request);
    if (staff === null) return 401;
    const isOne = rolesOf(staff).some((role) => ROLES.some((wanted) => wanted === role));
    return staff.kind === 'user' && isOne ? staff.user : 403;
  }

  return { mayTry: async (request) => typeof (await tester(request)) !== 'number' };
}

function html(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply
    .code(status)
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(body);
}

const SORRY = {
  400: [
    'This sign-in cannot be used',
    'It was not begun in this browser, took too long, or was used before.',
  ],
  401: ['Sign in first', 'This page is for staff: sign in to the console, then open it again.'],
  403: ['Not for you', 'This page needs the role administrator or developer.'],
  404: ['Nothing to try', 'There is no such deployment.'],
} as const;

function sorry(reply: FastifyReply, status: keyof typeof SORRY): FastifyReply {
  const [title, sentence] = SORRY[status];
  return html(reply, status, sorryPage(title, sentence, { to: '/', text: 'To the console' }));
}
