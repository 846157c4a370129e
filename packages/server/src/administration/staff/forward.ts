import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../../platform/index.ts';
import { CLIENT_ADDRESS_HEADER, type OpenStaffAuth } from './staff-auth.ts';

export interface Forwarded {
  /** Below `/auth`. Default: the path of the request. */
  path?: string;
  query?: Record<string, string>;
  /** Given: a POST of this as JSON. */
  body?: object;
  /** Which cookies go along, by the end of their names. Default: all. */
  cookies?: readonly string[];
}

export type Forward = (request: FastifyRequest, what?: Forwarded) => Promise<Response>;

/** Hands a request to the sign-in library, with the headers it judges by and no others. */
export function createForward(openAuth: OpenStaffAuth, publicUrl: string): Forward {
  return async (request, what = {}) => {
    const auth = await openAuth();
    return auth.handler(toWebRequest(request, publicUrl, what));
  };
}

function toWebRequest(request: FastifyRequest, publicUrl: string, what: Forwarded): Request {
  const { path, query = {}, body, cookies } = what;
  const headers = new Headers();
  for (const name of ['origin', 'referer', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  for (const name of ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const kept = keptCookies(request.headers.cookie, cookies);
  if (kept) headers.set('cookie', kept);
  headers.set(CLIENT_ADDRESS_HEADER, request.ip);
  const own = request.url.split('?', 1)[0] ?? '/';
  const url = new URL(path === undefined ? own : `/auth${path}`, publicUrl);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  if (body === undefined) return new Request(url, { headers });
  headers.set('content-type', 'application/json');
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

function keptCookies(header: string | undefined, ends?: readonly string[]): string | undefined {
  if (header === undefined || ends === undefined) return header;
  const isKept = (pair: string) => ends.some((end) => pair.trim().split('=')[0]?.endsWith(end));
  return header.split(';').filter(isKept).join(';');
}

/** Answers with what the library answered: status, body, cookies and where to go. */
export async function passOn(reply: FastifyReply, answer: Response): Promise<FastifyReply> {
  takeCookies(reply, answer);
  const location = answer.headers.get('location');
  if (location !== null) reply.header('location', location);
  const type = answer.headers.get('content-type');
  if (type) reply.type(type);
  return reply.code(answer.status).send(await answer.text());
}

export function takeCookies(reply: FastifyReply, answer: Response): void {
  reply.header('cache-control', 'no-store');
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
}

/** What the library answered, as JSON. Throws what it refused as a `Fault` with our own code. */
export async function answerOf(answer: Response): Promise<Record<string, unknown>> {
  const body: unknown = await answer.json().catch(() => null);
  const members: Record<string, unknown> =
    typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {};
  if (answer.ok) return members;
  throw refusal(answer.status, String(members.code ?? ''));
}

const REFUSALS: Record<string, [code: string, status: number, sentence: string]> = {
  INVALID_CODE: ['wrong_code', 403, 'The code is not right. Use the newest one of the app.'],
  INVALID_BACKUP_CODE: ['wrong_code', 403, 'This is not one of the recovery codes that are left.'],
  INVALID_TWO_FACTOR_COOKIE: [
    'sign_in_again',
    403,
    'Too much time has passed since the password. Begin again.',
  ],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: [
    'sign_in_again',
    403,
    'Too many codes were wrong. Begin again with the password.',
  ],
  ACCOUNT_TEMPORARILY_LOCKED: [
    'too_many_attempts',
    429,
    'Too many codes were wrong. Try again in 15 minutes.',
  ],
  TOTP_ALREADY_ENABLED: ['second_factor_on', 409, 'A second factor is on already.'],
  TOTP_NOT_ENABLED: ['second_factor_off', 409, 'There is no second factor to check.'],
  TWO_FACTOR_NOT_ENABLED: ['second_factor_off', 409, 'There is no second factor.'],
  LINK_GONE: ['link_gone', 404, 'This link was used, was revoked, or has expired.'],
};

function refusal(status: number, code: string): Fault {
  const known = REFUSALS[code];
  if (known) return new Fault(...known);
  if (status === 403) return new Fault('forbidden', 403, 'This page may not ask for that.');
  if (status === 429) return new Fault('too_many_attempts', 429, 'Too many attempts.');
  if (status < 500) return new Fault('not_proven', 403, 'This could not be verified. Try again.');
  return new Fault('internal', 500, 'Something went wrong on our side.');
}
