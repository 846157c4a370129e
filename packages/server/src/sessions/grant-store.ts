import { type Kysely, sql } from 'kysely';
import type { ProvenIdentity } from '../identity/index.ts';
import type { Grant } from './records.ts';

type Connection = Kysely<unknown>;

interface GrantRow {
  id: string;
  deployment_id: string;
  identity: ProvenIdentity;
  contact_id: string;
}

export const toGrant = (row: GrantRow): Grant => ({
  id: row.id,
  deploymentId: row.deployment_id,
  identity: row.identity,
  contactId: row.contact_id,
});

export interface GrantSecrets {
  /** Of our own refresh token; null: this sign-in cannot be renewed. */
  refreshHash: Buffer | null;
  /** The provider's refresh token, sealed; null: it gave none. */
  providerRefresh: string | null;
}

export async function insertGrant(
  db: Connection,
  grant: Grant,
  times: { now: number; expiresAt: number },
  { refreshHash, providerRefresh }: GrantSecrets,
): Promise<void> {
  const { settingId, subject, providerSession } = grant.identity;
  await sql`
    insert into grants (id, deployment_id, setting_id, subject, identity, contact_id, created_at,
                        refresh_hash, expires_at, provider_refresh, provider_session)
    values (${grant.id}, ${grant.deploymentId}, ${settingId}, ${subject},
            ${JSON.stringify(grant.identity)}, ${grant.contactId}, ${times.now}, ${refreshHash},
            ${times.expiresAt}, ${providerRefresh}, ${providerSession})`.execute(db);
}

export async function readGrant(db: Connection, id: string): Promise<Grant | null> {
  const { rows } = await sql<GrantRow>`
    select id, deployment_id, identity, contact_id from grants
    where id = ${id} and revoked_at is null`.execute(db);
  return rows[0] ? toGrant(rows[0]) : null;
}

/** Held until the transaction ends: a revocation waits. False: there was one. */
export async function holdGrant(db: Connection, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from grants where id = ${id} and revoked_at is null for share`.execute(db);
  return rows.length === 1;
}

export interface RenewableGrant {
  grant: Grant;
  /** The provider has to be asked. */
  atProvider: boolean;
  renewedAt: number | null;
}

export async function grantOfRefreshToken(
  db: Connection,
  hash: Buffer,
  now: number,
): Promise<RenewableGrant | null> {
  const { rows } = await sql<GrantRow & { at_provider: boolean; renewed_at: number | null }>`
    select id, deployment_id, identity, contact_id, renewed_at,
           provider_refresh is not null as at_provider
    from grants
    where refresh_hash = ${hash} and revoked_at is null and expires_at > ${now}`.execute(db);
  const [row] = rows;
  return row
    ? { grant: toGrant(row), atProvider: row.at_provider, renewedAt: row.renewed_at }
    : null;
}

/**
 * Takes the turn to renew this sign-in at its provider: one on all nodes, until `until`. Answers what is
 * needed for it; null: it is another's turn, was renewed after `renewedBefore`, or has ended.
 */
export async function takeTurn(
  db: Connection,
  id: string,
  times: { now: number; until: number; renewedBefore: number },
): Promise<{ grant: Grant; providerRefresh: string } | null> {
  const { rows } = await sql<GrantRow & { provider_refresh: string }>`
    update grants set renewing_until = ${times.until}
    where id = ${id} and revoked_at is null and refresh_hash is not null
      and provider_refresh is not null
      and (renewing_until is null or renewing_until <= ${times.now})
      and (renewed_at is null or renewed_at < ${times.renewedBefore})
    returning id, deployment_id, identity, contact_id, provider_refresh`.execute(db);
  const [row] = rows;
  return row ? { grant: toGrant(row), providerRefresh: row.provider_refresh } : null;
}

export async function giveBackTurn(db: Connection, id: string): Promise<void> {
  await sql`update grants set renewing_until = null where id = ${id}`.execute(db);
}

/** False: the sign-in ended in the meantime. */
export async function writeRenewal(
  db: Connection,
  { id, identity }: Grant,
  providerRefresh: string,
  now: number,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update grants set identity = ${JSON.stringify(identity)}, provider_refresh = ${providerRefresh},
      provider_session = coalesce(${identity.providerSession}, provider_session),
      renewed_at = ${now}, renewing_until = null
    where id = ${id} and revoked_at is null returning id`.execute(db);
  return rows.length === 1;
}

/** The provider stands for it no more: sessions go on until their proof runs out. */
export async function endRenewal(db: Connection, id: string): Promise<void> {
  await sql`update grants set refresh_hash = null, provider_refresh = null, renewing_until = null
    where id = ${id}`.execute(db);
}

/** A client has a new sign-in of the same person in place of this one: both end together. */
export async function supersede(db: Connection, id: string, by: string): Promise<void> {
  await sql`update grants set superseded_by = ${by} where id = ${id}`.execute(db);
}

/** Secrets of providers are kept no longer than they are of use. */
export async function wipeSecrets(db: Connection, now: number): Promise<void> {
  await sql`update grants set provider_refresh = null
    where provider_refresh is not null and expires_at <= ${now}`.execute(db);
}
