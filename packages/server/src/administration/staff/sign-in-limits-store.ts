import { type Kysely, sql } from 'kysely';

/** Counts one more for each key, in windows that begin with the first count. Answers the new counts. */
export async function countUp(
  db: Kysely<unknown>,
  keys: readonly string[],
  now: Date,
  windowEnd: Date,
): Promise<Map<string, { count: number; endsAt: Date }>> {
  const { rows } = await sql<{ key: string; count: number; window_ends_at: Date }>`
    insert into staff_sign_in_counts as c (key, count, window_ends_at)
    select key, 1, ${windowEnd}::timestamptz
    from unnest(${[...keys].sort()}::text[]) as key
    on conflict (key) do update set
      count = case when c.window_ends_at <= ${now}::timestamptz then 1 else c.count + 1 end,
      window_ends_at = case
        when c.window_ends_at <= ${now}::timestamptz then excluded.window_ends_at
        else c.window_ends_at end
    returning key, count, window_ends_at`.execute(db);
  return new Map(rows.map((row) => [row.key, { count: row.count, endsAt: row.window_ends_at }]));
}

/** Takes back what a sign-in that succeeded had counted. */
export async function countDown(db: Kysely<unknown>, keys: readonly string[]): Promise<void> {
  await sql`
    update staff_sign_in_counts set count = greatest(count - 1, 0)
    where key = any(${[...keys]}::text[])`.execute(db);
}

export async function forgetCount(db: Kysely<unknown>, key: string): Promise<void> {
  await sql`delete from staff_sign_in_counts where key = ${key}`.execute(db);
}

export async function dropEndedWindows(db: Kysely<unknown>, now: Date): Promise<void> {
  await sql`delete from staff_sign_in_counts where window_ends_at <= ${now}`.execute(db);
}

/** Whether this person has signed in from this network before. */
export async function isKnownNetwork(
  db: Kysely<unknown>,
  userId: string,
  network: string,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from staff_known_networks
    where user_id = ${userId} and network = ${network}`.execute(db);
  return rows.length > 0;
}

export async function rememberNetwork(
  db: Kysely<unknown>,
  userId: string,
  network: string,
  at: Date,
): Promise<void> {
  await sql`
    insert into staff_known_networks (user_id, network, last_at)
    values (${userId}, ${network}, ${at})
    on conflict (user_id, network) do update set last_at = excluded.last_at`.execute(db);
}
