import { STATUS_CODES } from 'node:http';
import type { ObjectFault, RestError } from '@countersign/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault, isDatabaseUnavailable, newId } from '../../platform/index.ts';
import { RefusedChange } from '../objects/change-object.ts';

/** One place of a body, in the words of that body. */
export interface VendorDetail {
  fieldName: string;
  errorCode: string;
  message: string;
}

/** A fault of the Genesys administration: its code is one that their REST error object carries (§9.4). */
export class VendorFault extends Fault {
  readonly details: readonly VendorDetail[];

  constructor(
    code: string,
    status: number,
    message: string,
    details: readonly VendorDetail[] = [],
  ) {
    super(code, status, message);
    this.details = details;
  }
}

export const badRequest = (message: string): VendorFault =>
  new VendorFault('bad.request', 400, message);

export const conflict = (message: string): VendorFault =>
  new VendorFault('general.conflict', 409, message);

/** What is wrong, place by place. */
export function invalid(details: readonly VendorDetail[]): VendorFault {
  const told = details.map(({ fieldName, message }) => `${fieldName}: ${message}`).join('; ');
  return new VendorFault('bad.request', 400, `Nothing was changed. ${told}.`, details);
}

export const invalidAt = (fieldName: string, message: string): VendorFault =>
  invalid([{ fieldName, errorCode: 'invalid.value', message }]);

/** Their name of a place of our object. */
export type PlaceOf = (path: string) => string;

/** Runs a change of our objects, and says in their words why it was refused. */
export async function changing<T>(placeOf: PlaceOf, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof RefusedChange) throw refusedIn(placeOf, error);
    throw error;
  }
}

function refusedIn(placeOf: PlaceOf, { refusal }: RefusedChange): VendorFault {
  if (refusal.because === 'changed-meanwhile') {
    return conflict('Somebody else has changed it since. Nothing was written: read it again.');
  }
  if (refusal.because === 'in-use') {
    const names = refusal.by.slice(0, 20).map(({ name }) => name);
    return conflict(`It is used by ${names.join(', ')}. Nothing was deleted.`);
  }
  return faulty(placeOf, refusal.faults);
}

export const faulty = (placeOf: PlaceOf, faults: readonly ObjectFault[]): VendorFault =>
  invalid(
    faults.map(({ path, message }) => ({
      fieldName: placeOf(path) || 'body',
      errorCode: 'invalid.value',
      message,
    })),
  );

/** The one place where what went wrong becomes a REST error object. */
export function answerVendorError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const fault = asVendorFault(error);
  if (fault.status >= 500) request.log.error({ err: error }, 'genesys: a request failed');
  if (fault.status === 401) reply.header('www-authenticate', 'Bearer');
  const { message, code, status, details } = fault;
  const body: RestError = {
    ...{ message, code, status },
    contextId: newId(),
    details: [...details],
    errors: [],
  };
  reply.code(status).type('application/json').send(JSON.stringify(body));
}

/** Faults of the parts that both administrations use. */
const CODES: Readonly<Record<string, string>> = {
  unauthenticated: 'bad.credentials',
  forbidden: 'missing.any.permissions',
  not_found: 'not.found',
  invalid_request: 'bad.request',
};

function asVendorFault(error: unknown): VendorFault {
  if (error instanceof VendorFault) return error;
  if (error instanceof Fault) {
    const code =
      CODES[error.code] ?? (error.status < 500 ? 'bad.request' : 'internal.server.error');
    return new VendorFault(code, error.status, error.message);
  }
  if (isDatabaseUnavailable(error)) {
    return new VendorFault('service.unavailable', 503, 'The database does not answer. Try again.');
  }
  const status = statusOf(error);
  if (status < 500) return new VendorFault('bad.request', status, `${STATUS_CODES[status]}.`);
  return new VendorFault('internal.server.error', 500, 'Something went wrong on our side.');
}

/** Fastify's own errors carry the status they mean. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !('statusCode' in error)) return 500;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 ? statusCode : 500;
}
