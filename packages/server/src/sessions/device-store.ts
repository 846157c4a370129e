/** A person's live sessions as they are listed: one a device, or a browser's profile. */
import { type Kysely, sql } from 'kysely';
import type { Person } from './records.ts';

/** Whose sessions: joined to a contact by setting and subject alone. */
export type PersonAnywhere = Pick<Person, 'settingId' | 'subject'>;

/** Times are ms since the epoch. */
export interface DeviceSession {
  id: string;
  grantId: string;
  deploymentId: string;
  settingId: string;
  subject: string;
  /** As in "Firefox on Linux"; null: it did not say. */
  device: string | null;
  createdAt: number;
  lastSeenAt: number;
  /** Until when its proof stands; null: as long as the session. */
  until: number | null;
}

interface Row {
  id: string;
  grant_id: string;
  deployment_id: string;
  setting_id: string;
  subject: string;
  device: string | null;
  created_at: number;
  seen_at: number;
  until: number | null;
}

/** Newest activity first. */
export async function devicesOf(
  db: Kysely<unknown>,
  people: PersonAnywhere[],
  now: number,
): Promise<DeviceSession[]> {
  const { rows } = await sql<Row>`
    select s.id, s.grant_id, s.deployment_id, s.setting_id, s.subject, s.device, s.created_at,
           coalesce(s.seen_at, s.created_at) as seen_at,
           (g.identity ->> 'reproveAt')::bigint as until
    from unnest(${people.map(({ settingId }) => settingId)}::text[],
                ${people.map(({ subject }) => subject)}::text[]) as p (setting_id, subject)
    join sessions s on s.setting_id = p.setting_id and s.subject = p.subject
      and s.ended_at is null and s.expires_at > ${now}
    join grants g on g.id = s.grant_id
    order by seen_at desc, s.id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    grantId: row.grant_id,
    deploymentId: row.deployment_id,
    settingId: row.setting_id,
    subject: row.subject,
    device: row.device,
    createdAt: row.created_at,
    lastSeenAt: row.seen_at,
    until: row.until,
  }));
}
