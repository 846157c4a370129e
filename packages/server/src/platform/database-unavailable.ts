import pg from 'pg';

/** Connection exception, resources used up, shutting down or starting, statement cancelled by time. */
const PASSING_STATE = /^(08|53|57P0[1-5]|57014)/;
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);
const SOCKET_CALLS = new Set(['connect', 'read', 'write']);
/** What `pg` says in words alone. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered)/;

/** Whether an error says that the database cannot be had now, rather than that a query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return PASSING_STATE.test(error.code ?? '');
  // Not a file's error, which may have the same codes
  const onSocket = 'syscall' in error && SOCKET_CALLS.has(String(error.syscall));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (onSocket && SOCKET_CODES.has(code)) || WORDS.test(error.message);
}
