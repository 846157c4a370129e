import type { Attempt, AttemptClaim, AttemptKey } from '@countersign/protocol';
import { sql } from 'kysely';
import type { Database } from '../../platform/index.ts';
import type { Check } from '../verdict.ts';
import { normaliseReference } from './reference.ts';

/** An attempt before it has its reference. */
export type NewAttempt = Omit<Attempt, 'reference'>;

export interface AttemptFilter {
  outcome?: string;
  reason?: string;
  settingId?: string;
  reference?: string;
  limit: number;
  cursor?: string;
}

/** Equal buckets from the epoch on. Times are ms; `to` is not in it. */
export interface AttemptRange {
  from: number;
  to: number;
  bucketMs: number;
}

export interface AttemptStore {
  /** One statement, one commit. Answers the ids stored: a reference that is taken stores nothing. */
  insert(attempts: (NewAttempt & { reference: string })[]): Promise<Set<string>>;
  /** Newest first. */
  list(filter: AttemptFilter): Promise<{ items: Attempt[]; next?: string }>;
  /** Refused attempts by bucket, `at` of which is its beginning (ms); buckets without any are not there. */
  refused(range: AttemptRange): Promise<{ at: number; count: number }[]>;
  /** Deletes up to `limit` of the oldest that are older than this; answers how many. */
  deleteOlder(beforeMs: number, limit: number): Promise<number>;
}

interface AttemptsTable {
  id: string;
  reference: string;
  at: Date;
  setting_id: string | null;
  setting: string;
  deployment: string;
  channel: string;
  outcome: 'accepted' | 'refused';
  reason: string | null;
  hint: string | null;
  issuer: string | null;
  subject: string | null;
  key_id: string | null;
  checks: Check[];
  claims: AttemptClaim[];
  key: AttemptKey | null;
  issued_ahead_seconds: number | null;
  clock_skew_seconds: number | null;
  duration_ms: number | null;
}

const INSERT = `
  insert into attempts (id, reference, at, setting_id, setting, deployment, channel, outcome, reason,
                        hint, issuer, subject, key_id, checks, claims, key, issued_ahead_seconds,
                        clock_skew_seconds, duration_ms)
  select id, reference, at, "settingId", setting, deployment, channel, outcome, reason,
         hint, issuer, subject, "keyId", checks, claims, nullif(key, 'null'), "issuedAheadSeconds",
         "clockSkewSeconds", "durationMs"
  from jsonb_to_recordset($1::jsonb) as one (
    id uuid, reference text, at timestamptz, "settingId" text, setting text, deployment text,
    channel text, outcome text, reason text, hint text, issuer text, subject text, "keyId" text,
    checks jsonb, claims jsonb, key jsonb, "issuedAheadSeconds" double precision,
    "clockSkewSeconds" double precision, "durationMs" double precision)
  on conflict (reference) do nothing
  returning id`;

const MAX_PAGE = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function attemptStore({ pool, kysely }: Database): AttemptStore {
  const tables = kysely.withTables<{ attempts: AttemptsTable }>();
  return {
    async insert(attempts) {
      const statement = { name: 'insert-attempts', text: INSERT };
      const { rows } = await pool.query<{ id: string }>({
        ...statement,
        values: [JSON.stringify(attempts)],
      });
      return new Set(rows.map(({ id }) => id));
    },
    async list({ outcome, reason, settingId, reference, limit, cursor }) {
      if (cursor !== undefined && !UUID.test(cursor)) return { items: [] };
      const size = Math.min(Math.max(Math.trunc(limit) || 1, 1), MAX_PAGE);
      let query = tables
        .selectFrom('attempts')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(size + 1);
      if (outcome === 'accepted' || outcome === 'refused')
        query = query.where('outcome', '=', outcome);
      if (reason !== undefined) query = query.where('reason', '=', reason);
      if (settingId !== undefined) query = query.where('setting_id', '=', settingId);
      if (reference !== undefined)
        query = query.where('reference', '=', normaliseReference(reference));
      if (cursor !== undefined) query = query.where('id', '<', cursor);
      const rows = await query.execute();
      const items = rows.slice(0, size).map(toAttempt);
      const last = items.at(-1);
      return rows.length > size && last !== undefined ? { items, next: last.id } : { items };
    },
    async refused({ from, to, bucketMs }) {
      const at = sql`floor(extract(epoch from at) * 1000 / ${bucketMs})::bigint * ${bucketMs}::bigint`;
      const { rows } = await sql<{ at: number; count: number }>`
        select ${at} as at, count(*)::int as count from attempts
        where outcome = 'refused' and at >= ${new Date(from)} and at < ${new Date(to)}
        group by 1`.execute(kysely);
      return rows;
    },
    async deleteOlder(beforeMs, limit) {
      // Ids are in the order of time: the oldest are first, and only they are looked at.
      const { rows } = await sql<{ id: string }>`
        delete from attempts where id in (
          select id from (
            select id, at from attempts order by id limit ${limit} for update skip locked
          ) as oldest
          where at < ${new Date(beforeMs)}
        )
        returning id`.execute(kysely);
      return rows.length;
    },
  };
}

const toAttempt = (row: AttemptsTable): Attempt => ({
  id: row.id,
  reference: row.reference,
  at: row.at.toISOString(),
  settingId: row.setting_id,
  setting: row.setting,
  deployment: row.deployment,
  channel: row.channel,
  outcome: row.outcome,
  reason: row.reason,
  hint: row.hint,
  issuer: row.issuer,
  subject: row.subject,
  keyId: row.key_id,
  checks: row.checks,
  claims: row.claims,
  key: row.key,
  issuedAheadSeconds: row.issued_ahead_seconds,
  clockSkewSeconds: row.clock_skew_seconds,
  durationMs: row.duration_ms,
});
