/** How long the proofs stand that a person's live sessions are bound to. */
import { type Kysely, sql } from 'kysely';
import type { Person } from './records.ts';

/** Null: no live session. `until`: the latest of them, ms since the epoch; null: session life. */
export async function latestProof(
  db: Kysely<unknown>,
  { deploymentId, settingId, subject }: Person,
  now: number,
): Promise<{ until: number | null } | null> {
  const { rows } = await sql<{ until: number | null }>`
    select (g.identity ->> 'reproveAt')::bigint as until
    from sessions s join grants g on g.id = s.grant_id
    where s.setting_id = ${settingId} and s.subject = ${subject}
      and s.deployment_id = ${deploymentId} and s.ended_at is null and s.expires_at > ${now}
    order by until desc nulls first limit 1`.execute(db);
  return rows[0] ?? null;
}
