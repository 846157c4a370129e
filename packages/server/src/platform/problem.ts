/** The one place where an error becomes an HTTP answer: `application/problem+json` (RFC 9457). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseUnavailable } from './database-unavailable.ts';
import { Fault } from './fault.ts';
import { statusText } from './status-text.ts';

export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: string;
  /** A sentence for whoever reads the answer. */
  detail: string;
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const fault = asFault(error);
  if (fault.status >= 500) request.log.error({ err: error }, 'a request failed');
  else request.log.debug({ err: error }, 'a request was refused');
  // RFC 9110 §11.6.1: a 401 names the way to authenticate
  if (fault.status === 401) reply.header('www-authenticate', 'Bearer');
  reply
    .code(fault.status)
    .type('application/problem+json')
    .send(JSON.stringify(problem(fault)));
}

export const answerNotFound = (): never => {
  throw new Fault('not_found', 404, 'There is nothing here.');
};

function problem({ status, code, message }: Fault): Problem {
  const title = statusText(status);
  return { type: 'about:blank', title, status, code, detail: message };
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (isDatabaseUnavailable(error)) {
    return new Fault('unavailable', 503, 'The database does not answer. Try again in a moment.');
  }
  const status = statusOf(error);
  if (status === 413) return new Fault('payload_too_large', 413, 'The body is too large.');
  if (status === 415) {
    return new Fault('unsupported_media_type', 415, 'This content type is not understood.');
  }
  if (status >= 400 && status < 500) {
    return new Fault('invalid_request', status, 'The request cannot be understood.');
  }
  return new Fault('internal', 500, 'Something went wrong on our side.');
}

/** Fastify's own errors, and those of its plugins, carry the status they mean. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error)) return 500;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
