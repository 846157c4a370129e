import { type Kysely, sql } from 'kysely';
import type { Person } from './records.ts';

type Connection = Kysely<unknown>;

/** Which sign-ins end. */
export type SignOutScope =
  /** All of a person's, at every deployment with this setting. */
  | { of: 'person'; settingId: string; subject: string }
  /** Everybody's who was proven by this setting, or at this deployment. */
  | { of: 'setting'; settingId: string }
  | { of: 'deployment'; deploymentId: string }
  /** One sign-in, and those that it took the place of on the same device. */
  | { of: 'sign-in'; grantId: string }
  /** Those that the provider keeps as this session of its own (`sid`). */
  | {
      of: 'provider-session';
      settingIds: string[];
      providerSession: string;
      subject?: string;
      issuer?: string;
    };

export interface Ended {
  /** Whose sign-ins or sessions ended; each once. */
  people: Person[];
  sessions: { id: string; device: string | null; person: Person }[];
}

interface Row {
  id: string;
  deployment_id: string;
  setting_id: string;
  subject: string;
}

/**
 * Ends sign-ins, and every session of them. The sign-ins first: a session that is being made holds its
 * own until it is there to be found.
 */
export async function endSignIns(db: Connection, scope: SignOutScope, now: number): Promise<Ended> {
  return db.transaction().execute(async (transaction) => {
    const { rows: grants } = await sql<Row>`
      update grants set revoked_at = ${now}, provider_refresh = null where id in
        (select id from grants where ${grantsOf(scope)} and revoked_at is null
         order by id for update)
      returning id, deployment_id, setting_id, subject`.execute(transaction);
    const { rows: sessions } = await sql<Row & { device: string | null }>`
      update sessions set ended_at = ${now}, end_reason = 'logout'
      where ended_at is null and ${sessionsOf(scope, grants)}
      returning id, device, deployment_id, setting_id, subject`.execute(transaction);
    return {
      people: distinct([...grants, ...sessions].map(personOfRow)),
      sessions: sessions.map((row) => ({
        id: row.id,
        device: row.device,
        person: personOfRow(row),
      })),
    };
  });
}

function grantsOf(scope: SignOutScope) {
  switch (scope.of) {
    case 'person':
      return sql`setting_id = ${scope.settingId} and subject = ${scope.subject}`;
    case 'setting':
      return sql`setting_id = ${scope.settingId}`;
    case 'deployment':
      return sql`deployment_id = ${scope.deploymentId}`;
    case 'sign-in':
      return sql`id in (
        with recursive chain (id) as (
          select ${scope.grantId}::uuid
          union
          select g.id from grants g join chain on g.superseded_by = chain.id)
        select id from chain)`;
    case 'provider-session':
      return sql`setting_id = any (${scope.settingIds})
        and provider_session = ${scope.providerSession}
        ${scope.subject === undefined ? sql`` : sql`and subject = ${scope.subject}`}
        ${scope.issuer === undefined ? sql`` : sql`and identity ->> 'issuer' = ${scope.issuer}`}`;
  }
}

function sessionsOf(scope: SignOutScope, grants: Row[]) {
  if (scope.of === 'person')
    return sql`setting_id = ${scope.settingId} and subject = ${scope.subject}`;
  return sql`grant_id = any (${grants.map(({ id }) => id)}::uuid[])`;
}

const personOfRow = (row: Row): Person => ({
  deploymentId: row.deployment_id,
  settingId: row.setting_id,
  subject: row.subject,
});

function distinct(people: Person[]): Person[] {
  const byKey = new Map(people.map((person) => [JSON.stringify(person), person]));
  return [...byKey.values()];
}
