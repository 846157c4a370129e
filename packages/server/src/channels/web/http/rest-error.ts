import type { GuestRestCode, RestError } from '@countersign/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, newId } from '../../../platform/index.ts';
import { TooManyRequests } from '../rate-limits.ts';

/** A fault of the HTTP half, with the code that the REST error object carries (Guest API §9.4). */
export class RestFault extends Fault {
  /** Of a refused sign-in: what the customer reads out and the administrator looks up. */
  readonly reference: string | undefined;

  constructor(code: GuestRestCode, status: number, message: string, reference?: string) {
    super(code, status, message);
    this.reference = reference;
  }
}

export const badRequest = (message: string): RestFault =>
  new RestFault('bad.request', 400, message);

/** The one place where what went wrong becomes a REST error object. */
export function answerRestError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const fault = asRestFault(error);
  if (fault.code === 'internal.error')
    request.log.error({ err: error }, 'guest api: a request failed');
  if (error instanceof TooManyRequests) reply.header('retry-after', error.retryAfter);
  if (fault.status === 401) reply.header('www-authenticate', 'Bearer');
  reply
    .code(fault.status)
    .type('application/json')
    .send(JSON.stringify(errorObject(fault)));
}

function errorObject({ message, code, status, reference }: RestFault): RestError {
  return {
    message,
    code,
    status,
    contextId: newId(),
    details: [],
    errors: [],
    ...(reference !== undefined && { reference }),
  };
}

function asRestFault(error: unknown): RestFault {
  if (error instanceof RestFault) return error;
  if (error instanceof TooManyRequests) {
    return new RestFault('too.many.requests', 429, error.message);
  }
  if (error instanceof Fault && error.code === 'provider_unavailable') {
    return new RestFault('provider.unavailable', 503, error.message);
  }
  const status = statusOf(error);
  if (error instanceof Fault && status === 401) {
    const code = error.code === 'invalid_refresh_token' ? 'invalid.refresh.token' : undefined;
    return new RestFault(code ?? 'authentication.required', 401, error.message);
  }
  if (status >= 400 && status < 500) {
    return new RestFault('bad.request', status, 'The request cannot be understood.');
  }
  return new RestFault('internal.error', 500, 'Something went wrong on our side.');
}

/** Faults carry `status`, Fastify's own errors `statusCode`. */
function statusOf(error: unknown): number {
  if (error instanceof Fault) return error.status;
  if (!(error instanceof Error)) return 500;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
