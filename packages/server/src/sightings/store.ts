import { type Kysely, sql } from 'kysely';

/** Times are ms since the epoch. */
export interface Sighting {
  deploymentId: string;
  origin: string;
  /** `loader`: a page has the snippet; `messenger`: somebody opened it there, or a client read how. */
  what: 'loader' | 'messenger';
  firstSeen: number;
  lastSeen: number;
}

/** A deployment that allows all domains could otherwise be given any number of them. */
const MOST_OF_A_DEPLOYMENT = 100;

export async function writeSightings(db: Kysely<unknown>, seen: Sighting[]): Promise<void> {
  await sql`
    insert into messenger_sightings as m (deployment_id, origin, what, first_seen, last_seen)
    select s.* from unnest(${seen.map(({ deploymentId }) => deploymentId)}::text[],
                           ${seen.map(({ origin }) => origin)}::text[],
                           ${seen.map(({ what }) => what)}::text[],
                           ${seen.map(({ firstSeen }) => firstSeen)}::bigint[],
                           ${seen.map(({ lastSeen }) => lastSeen)}::bigint[])
      as s (deployment_id, origin, what, first_seen, last_seen)
    where exists (select from messenger_sightings k where k.deployment_id = s.deployment_id
                    and k.origin = s.origin and k.what = s.what)
       or (select count(*) from messenger_sightings k
           where k.deployment_id = s.deployment_id) < ${MOST_OF_A_DEPLOYMENT}
    on conflict (deployment_id, origin, what)
      do update set last_seen = greatest(m.last_seen, excluded.last_seen)`.execute(db);
}

/** The last seen first. */
export async function readSightings(
  db: Kysely<unknown>,
  deploymentIds: string[],
): Promise<Sighting[]> {
  const { rows } = await sql<Sighting>`
    select deployment_id as "deploymentId", origin, what,
           first_seen as "firstSeen", last_seen as "lastSeen"
    from messenger_sightings where deployment_id = any(${deploymentIds})
    order by last_seen desc, origin, what`.execute(db);
  return rows;
}

export async function forgetSightings(db: Kysely<unknown>, before: number): Promise<void> {
  await sql`delete from messenger_sightings where last_seen < ${before}`.execute(db);
}
