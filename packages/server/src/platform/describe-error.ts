import pg from 'pg';
import { Fault } from './fault.ts';

export interface DescribedError {
  type: string;
  code?: string;
  message: string;
  detail?: string;
  stack?: string;
  cause?: DescribedError;
  [property: string]: unknown;
}

const DEPTH = 4;

/**
 * An error for the log: a fixed choice of properties, since libraries hang requests, parameters and
 * rows on theirs. PostgreSQL's words are kept only where they cannot quote a value.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' };
  const described: DescribedError = { type: error.name, message: error.message };
  if ('code' in error && typeof error.code === 'string') described.code = error.code;
  if (error instanceof pg.DatabaseError) return describeDatabaseError(error, described);
  if (error instanceof Fault && error.detail !== undefined) described.detail = error.detail;
  if (error.stack !== undefined) described.stack = error.stack;
  if (error.cause !== undefined && depth < DEPTH) {
    described.cause = describeError(error.cause, depth + 1);
  }
  return described;
}

/** Classes 22 (data exception) and P0 (raised by a function) quote values in their message. */
function describeDatabaseError(error: pg.DatabaseError, described: DescribedError): DescribedError {
  const quotes = /^(22|P0)/.test(error.code ?? '');
  const { table, constraint, routine } = error;
  return {
    ...described,
    message: quotes ? 'a value does not fit' : error.message,
    ...(table !== undefined && { table }),
    ...(constraint !== undefined && { constraint }),
    ...(routine !== undefined && { routine }),
    // The first line of a stack repeats the message
    stack: error.stack?.replace(/^.*?\n(?= +at )/s, '') ?? '',
  };
}
