/** A PostgreSQL that the operator runs: reached through `DATABASE_URL`, checked before it is used. */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Fault } from './fault.ts';

const OLDEST_VERSION = 150_000;
const RETRY_MS = 250;

/** Not there yet, as when both start together: worth another try. Anything else is not. */
const PASSING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', '57P03']);

/**
 * Waits up to `patienceMs` for the server. Throws `Fault` `database_unreachable`, or `database_unfit`
 * when it is too old or not UTF-8. No fault names the user's password.
 */
export async function connectExternal(
  url: string,
  patienceMs: number,
): Promise<{ address: pg.ClientConfig; close(): Promise<void> }> {
  const where = placeOf(url);
  for (const until = Date.now() + patienceMs; ; await delay(RETRY_MS)) {
    try {
      await check(url, where);
      return { address: { connectionString: url }, close: async () => {} };
    } catch (error) {
      if (error instanceof Fault) throw error;
      if (!PASSING.has(codeOf(error)) || Date.now() >= until) throw unreachable(where, error);
    }
  }
}

function placeOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed && /^postgres(ql)?:$/.test(parsed.protocol)) {
    return `${parsed.hostname || 'localhost'}:${parsed.port || 5432}${parsed.pathname}`;
  }
  throw new Fault(
    'database_unreachable',
    500,
    'DATABASE_URL is not a PostgreSQL URL. Expected postgres://user:password@host:5432/database.',
  );
}

async function check(url: string, where: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; encoding: string }>(
      `select current_setting('server_version_num')::int as version,
              current_setting('server_encoding') as encoding`,
    );
    const { version = 0, encoding = '' } = rows[0] ?? {};
    if (version < OLDEST_VERSION)
      throw unfit(where, `is version ${version}; 15 or later is needed`);
    if (encoding !== 'UTF8') throw unfit(where, `is encoded in ${encoding}; UTF8 is needed`);
  } finally {
    await client.end().catch(() => {});
  }
}

const unfit = (where: string, what: string): Fault =>
  new Fault('database_unfit', 500, `The database at ${where} (DATABASE_URL) ${what}.`);

const unreachable = (where: string, cause: unknown): Fault =>
  new Fault(
    'database_unreachable',
    500,
    `The database at ${where} (DATABASE_URL) does not answer: ${explain(cause)}`,
    { cause },
  );

/** PostgreSQL's own words for a refusal; they name user and database, never the password. */
function explain(cause: unknown): string {
  const code = codeOf(cause);
  if (cause instanceof pg.DatabaseError) return `${cause.message} (${code}).`;
  return code === '' ? 'no answer in time.' : `${code}. Is it running and reachable from here?`;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
