import { sql } from 'kysely';
import type { Database } from '../../platform/index.ts';
import type { UnusableKey } from './public-key.ts';

/** What is new of a URL. Times are ISO 8601. */
export interface SourceNews {
  url: string;
  kind: 'discovery' | 'keys';
  fetchedAt: string | null;
  failedAt: string | null;
  problem: string | null;
  clockSkewSeconds: number | null;
  unusable: UnusableKey[];
  /** Of a discovery document: where it says that the keys are. */
  keysUrl: string | null;
}

/** What is known of a source that was never read. */
export const unread = <Kind extends SourceNews['kind']>(kind: Kind, url: string) => ({
  url,
  kind,
  fetchedAt: null,
  failedAt: null,
  problem: null,
  clockSkewSeconds: null,
  unusable: [],
  keysUrl: null,
});

export interface KeyName {
  url: string;
  /** Empty: published without one. */
  kid: string;
  thumbprint: string;
}

export interface KeySeen extends KeyName {
  bits: number;
  expiresAt: string | null;
  firstSeen: string;
  lastSeen: string;
}

/** `day`: of UTC, such as `2026-11-24`. */
export interface KeyUses extends KeyName {
  day: string;
  uses: number;
  lastUsed: string;
}

/** The last outcomes of a setting since the last flush. */
export interface OutcomeNews {
  settingId: string;
  acceptedAt: string | null;
  acceptedReference: string | null;
  refusedAt: string | null;
  refusedReference: string | null;
  refusedReason: string | null;
}

export interface KeyNews {
  sources: SourceNews[];
  seen: KeySeen[];
  uses: KeyUses[];
  outcomes: OutcomeNews[];
}

/** Times are ms since the epoch. */
export interface StoredSource {
  url: string;
  kind: 'discovery' | 'keys';
  fetchedAt: number | null;
  failedAt: number | null;
  problem: string | null;
  clockSkewSeconds: number | null;
  unusable: UnusableKey[];
  keysUrl: string | null;
}

export interface StoredKey extends KeyName {
  bits: number;
  expiresAt: number | null;
  firstSeen: number;
  lastSeen: number;
  lastUsed: number | null;
  usesByDay: Record<string, number>;
}

export interface StoredOutcome {
  settingId: string;
  accepted: { at: number; reference: string } | null;
  refused: { at: number; reference: string; reason: string } | null;
}

export interface ExpiringKey extends KeyName {
  expiresAt: number;
}

export interface KeyHealthStore {
  /** All of it or nothing, so that uses are counted once. */
  write(news: KeyNews): Promise<void>;
  sources(urls: string[]): Promise<StoredSource[]>;
  keys(urls: string[], sinceDay: string): Promise<StoredKey[]>;
  outcomes(settingIds: string[]): Promise<StoredOutcome[]>;
  /** Marks and answers published keys that end before `beforeMs` and were not told of on `day`. */
  takeExpiring(urls: string[], beforeMs: number, day: string): Promise<ExpiringKey[]>;
  /** So that a node that missed the hint fetches too. */
  askRefetch(url: string, atMs: number): Promise<void>;
  /** The last wish of each URL. */
  refetchesAsked(): Promise<{ url: string; at: number }[]>;
  prune(beforeDay: string): Promise<void>;
}

/** A provider that makes new keys at every fetch shall not fill the database. */
const MOST_KEYS_PER_URL = 200;

export function keyHealthStore({ kysely }: Database): KeyHealthStore {
  return {
    async write({ sources, seen, uses, outcomes }) {
      await kysely.transaction().execute(async (transaction) => {
        const statements = [
          sources.length > 0 ? WRITE_SOURCES(JSON.stringify(sources)) : null,
          seen.length > 0 ? WRITE_SEEN(JSON.stringify(seen)) : null,
          uses.length > 0 ? WRITE_LAST_USED(JSON.stringify(uses)) : null,
          uses.length > 0 ? WRITE_USES(JSON.stringify(uses)) : null,
          outcomes.length > 0 ? WRITE_OUTCOMES(JSON.stringify(outcomes)) : null,
        ];
        for (const statement of statements) await statement?.execute(transaction);
      });
    },
    async sources(urls) {
      const { rows } = await sql<SourceRow>`
        select * from key_sources where url = any(${urls})`.execute(kysely);
      return rows.map((row) => ({
        url: row.url,
        kind: row.kind,
        fetchedAt: msOf(row.fetched_at),
        failedAt: msOf(row.failed_at),
        problem: row.problem,
        clockSkewSeconds: row.clock_skew_seconds,
        unusable: row.unusable,
        keysUrl: row.keys_url,
      }));
    },
    async keys(urls, sinceDay) {
      const { rows } = await sql<KeyRow>`
        select public_keys.*, coalesce(counted.by_day, '{}') as by_day
        from public_keys left join lateral (
          select jsonb_object_agg(day::text, uses) as by_day from public_key_uses as used
          where used.url = public_keys.url and used.kid = public_keys.kid
            and used.thumbprint = public_keys.thumbprint and day >= ${sinceDay}::date
        ) as counted on true
        where public_keys.url = any(${urls})
        order by first_seen desc, kid, public_keys.thumbprint`.execute(kysely);
      return rows.map((row) => ({
        url: row.url,
        kid: row.kid,
        thumbprint: row.thumbprint,
        bits: row.bits,
        expiresAt: msOf(row.expires_at),
        firstSeen: row.first_seen.getTime(),
        lastSeen: row.last_seen.getTime(),
        lastUsed: msOf(row.last_used),
        usesByDay: row.by_day,
      }));
    },
    async outcomes(settingIds) {
      const { rows } = await sql<OutcomeRow>`
        select * from setting_outcomes where setting_id = any(${settingIds})`.execute(kysely);
      return rows.map((row) => ({
        settingId: row.setting_id,
        accepted: row.accepted_at && {
          at: row.accepted_at.getTime(),
          reference: row.accepted_reference ?? '',
        },
        refused: row.refused_at && {
          at: row.refused_at.getTime(),
          reference: row.refused_reference ?? '',
          reason: row.refused_reason ?? '',
        },
      }));
    },
    async takeExpiring(urls, beforeMs, day) {
      const { rows } = await sql<ExpiringRow>`
        update public_keys set expiry_told_on = ${day}::date
        from key_sources
        where key_sources.url = public_keys.url and public_keys.url = any(${urls})
          and last_seen >= fetched_at
          and expires_at < ${new Date(beforeMs)}
          and (expiry_told_on is null or expiry_told_on < ${day}::date)
        returning public_keys.url, kid, thumbprint, expires_at`.execute(kysely);
      return rows.map(({ expires_at, ...name }) => ({ ...name, expiresAt: expires_at.getTime() }));
    },
    async askRefetch(url, atMs) {
      await sql`
        update key_sources set refetch_asked_at = ${new Date(atMs)} where url = ${url}`.execute(
        kysely,
      );
    },
    async refetchesAsked() {
      const { rows } = await sql<{ url: string; refetch_asked_at: Date }>`
        select url, refetch_asked_at from key_sources
        where refetch_asked_at is not null`.execute(kysely);
      return rows.map(({ url, refetch_asked_at: at }) => ({ url, at: at.getTime() }));
    },
    async prune(beforeDay) {
      await sql`delete from public_key_uses where day < ${beforeDay}::date`.execute(kysely);
      await sql`
        delete from public_keys using (
          select url, kid, thumbprint,
                 row_number() over (partition by url order by last_seen desc, kid, thumbprint) as place
          from public_keys
        ) as placed
        where placed.place > ${MOST_KEYS_PER_URL} and placed.url = public_keys.url
          and placed.kid = public_keys.kid
          and placed.thumbprint = public_keys.thumbprint`.execute(kysely);
    },
  };
}

const msOf = (date: Date | null): number | null => date?.getTime() ?? null;

/** Nodes fetch at different times, and tell of it in any order: the later fetch holds. */
const WRITE_SOURCES = (rows: string) => sql`
  insert into key_sources as kept (url, kind, fetched_at, failed_at, problem, clock_skew_seconds,
                                   unusable, keys_url)
  select url, kind, "fetchedAt", "failedAt", problem, "clockSkewSeconds", unusable, "keysUrl"
  from jsonb_to_recordset(${rows}::jsonb) as one (
    url text, kind text, "fetchedAt" timestamptz, "failedAt" timestamptz, problem text,
    "clockSkewSeconds" double precision, unusable jsonb, "keysUrl" text)
  order by url
  on conflict (url) do update set
    kind = excluded.kind,
    fetched_at = greatest(kept.fetched_at, excluded.fetched_at),
    failed_at = greatest(kept.failed_at, excluded.failed_at),
    problem = case when excluded.failed_at >= coalesce(kept.failed_at, '-infinity')
              then excluded.problem else kept.problem end,
    clock_skew_seconds = case when excluded.fetched_at >= coalesce(kept.fetched_at, '-infinity')
                         then excluded.clock_skew_seconds else kept.clock_skew_seconds end,
    unusable = case when excluded.fetched_at >= coalesce(kept.fetched_at, '-infinity')
               then excluded.unusable else kept.unusable end,
    keys_url = coalesce(excluded.keys_url, kept.keys_url)`;

const WRITE_SEEN = (rows: string) => sql`
  insert into public_keys as kept (url, kid, thumbprint, bits, expires_at, first_seen, last_seen)
  select url, kid, thumbprint, bits, "expiresAt", "firstSeen", "lastSeen"
  from jsonb_to_recordset(${rows}::jsonb) as one (
    url text, kid text, thumbprint text, bits integer, "expiresAt" timestamptz,
    "firstSeen" timestamptz, "lastSeen" timestamptz)
  order by url, kid, thumbprint
  on conflict (url, kid, thumbprint) do update set
    expires_at = case when excluded.last_seen >= kept.last_seen
                 then excluded.expires_at else kept.expires_at end,
    first_seen = least(kept.first_seen, excluded.first_seen),
    last_seen = greatest(kept.last_seen, excluded.last_seen)`;

const WRITE_LAST_USED = (rows: string) => sql`
  update public_keys as kept set last_used = greatest(kept.last_used, used.at)
  from (
    select url, kid, thumbprint, max("lastUsed") as at
    from jsonb_to_recordset(${rows}::jsonb) as one (
      url text, kid text, thumbprint text, "lastUsed" timestamptz)
    group by url, kid, thumbprint
  ) as used
  where kept.url = used.url and kept.kid = used.kid and kept.thumbprint = used.thumbprint`;

const WRITE_USES = (rows: string) => sql`
  insert into public_key_uses as kept (url, kid, thumbprint, day, uses)
  select url, kid, thumbprint, day, uses
  from jsonb_to_recordset(${rows}::jsonb) as one (
    url text, kid text, thumbprint text, day date, uses bigint)
  order by url, kid, thumbprint, day
  on conflict (url, kid, thumbprint, day) do update set uses = kept.uses + excluded.uses`;

const WRITE_OUTCOMES = (rows: string) => sql`
  insert into setting_outcomes as kept (setting_id, accepted_at, accepted_reference, refused_at,
                                        refused_reference, refused_reason)
  select "settingId", "acceptedAt", "acceptedReference", "refusedAt", "refusedReference",
         "refusedReason"
  from jsonb_to_recordset(${rows}::jsonb) as one (
    "settingId" text, "acceptedAt" timestamptz, "acceptedReference" text, "refusedAt" timestamptz,
    "refusedReference" text, "refusedReason" text)
  order by "settingId"
  on conflict (setting_id) do update set
    accepted_at = greatest(kept.accepted_at, excluded.accepted_at),
    accepted_reference = case when excluded.accepted_at >= coalesce(kept.accepted_at, '-infinity')
      then excluded.accepted_reference else kept.accepted_reference end,
    refused_at = greatest(kept.refused_at, excluded.refused_at),
    refused_reference = case when excluded.refused_at >= coalesce(kept.refused_at, '-infinity')
      then excluded.refused_reference else kept.refused_reference end,
    refused_reason = case when excluded.refused_at >= coalesce(kept.refused_at, '-infinity')
      then excluded.refused_reason else kept.refused_reason end`;

interface SourceRow {
  url: string;
  kind: 'discovery' | 'keys';
  fetched_at: Date | null;
  failed_at: Date | null;
  problem: string | null;
  clock_skew_seconds: number | null;
  unusable: UnusableKey[];
  keys_url: string | null;
}

interface KeyRow {
  url: string;
  kid: string;
  thumbprint: string;
  bits: number;
  expires_at: Date | null;
  first_seen: Date;
  last_seen: Date;
  last_used: Date | null;
  by_day: Record<string, number>;
}

interface OutcomeRow {
  setting_id: string;
  accepted_at: Date | null;
  accepted_reference: string | null;
  refused_at: Date | null;
  refused_reference: string | null;
  refused_reason: string | null;
}

interface ExpiringRow {
  url: string;
  kid: string;
  thumbprint: string;
  expires_at: Date;
}
