import { type Kysely, sql } from 'kysely';

export interface ObservedGuests {
  settingId: string;
  /** Its beginning, ms since the epoch. */
  hour: number;
  guests: number;
}

export async function addObserved(db: Kysely<unknown>, counted: ObservedGuests[]): Promise<void> {
  await sql`
    insert into observed_guests (setting_id, hour, guests)
    select * from unnest(${counted.map(({ settingId }) => settingId)}::text[],
                         ${counted.map(({ hour }) => hour)}::bigint[],
                         ${counted.map(({ guests }) => guests)}::integer[])
    on conflict (setting_id, hour)
      do update set guests = observed_guests.guests + excluded.guests`.execute(db);
}

/** By hour, from this one on. */
export async function readObserved(
  db: Kysely<unknown>,
  settingIds: string[],
  from: number,
): Promise<ObservedGuests[]> {
  const { rows } = await sql<ObservedGuests>`
    select setting_id as "settingId", hour, guests from observed_guests
    where setting_id = any(${settingIds}) and hour >= ${from}`.execute(db);
  return rows;
}

export async function forgetObserved(db: Kysely<unknown>, before: number): Promise<void> {
  await sql`delete from observed_guests where hour < ${before}`.execute(db);
}
