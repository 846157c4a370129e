import pg from 'pg';

/** Connection exception, resources used up, shutting down or starting, statement cancelled by time. */
const PASSING_STATE = /^(08|53|57P0[1-5]|57014)/;
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);
/** What `pg` says in words alone. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/** Whether an error says that the database cannot be had now, rather than that a query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return PASSING_STATE.test(error.code ?? '');
  const connects = 'syscall' in error && error.syscall === 'connect';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (connects && SOCKET_CODES.has(code)) || WORDS.test(error.message);
}
