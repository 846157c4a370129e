import { createHash, randomBytes } from 'node:crypto';
import type { Configuration, Deployment } from '../configuration/index.ts';
import type { ProvenIdentity } from '../identity/index.ts';
import { type Clock, type Database, newId, type Seal } from '../platform/index.ts';
import { unauthorized } from './configure.ts';
import { insertGrant, readGrant } from './grant-store.ts';
import type { Sessions } from './index.ts';
import type { Grant } from './records.ts';
import { invalid } from './renewal.ts';
import type { SignOut } from './sign-out.ts';
import type { Tokens } from './token.ts';

export interface GrantParts {
  database: Pick<Database, 'kysely'>;
  clock: Clock;
  tokens: Tokens;
  seal: Pick<Seal, 'seal'>;
  configuration: Pick<Configuration, 'current'>;
  renew(refreshHash: Buffer, deploymentId: string | undefined): Promise<Grant>;
  signOut: SignOut;
}

const JWT_LIFETIME_MS = 15 * 60 * 1000;

/** Sign-ins: what a proof is exchanged for, how long that can be renewed, how it ends. */
export function createGrants(
  parts: GrantParts,
): Pick<Sessions, 'grant' | 'refresh' | 'verify' | 'revoke'> {
  const { clock, tokens } = parts;
  const db = parts.database.kysely;

  return {
    async grant(deployment, identity, contactId, providerRefreshToken = null) {
      const now = clock.now();
      const grant: Grant = { id: newId(), deploymentId: deployment.id, identity, contactId };
      const seconds = refreshLifetime(deployment);
      const refreshToken = seconds === null ? null : `r-${randomBytes(32).toString('base64url')}`;
      const expiresAt = Math.min(jwtExpiry(grant), identity.tokenExpiresAt);
      const lasts = seconds === null ? expiresAt : now + seconds * 1000;
      await insertGrant(
        db,
        grant,
        { now, expiresAt: lasts },
        {
          refreshHash: refreshToken === null ? null : hashOf(refreshToken),
          providerRefresh:
            refreshToken === null || providerRefreshToken === null
              ? null
              : await parts.seal.seal(providerRefreshToken),
        },
      );
      return {
        jwt: jwtOf(grant, expiresAt),
        expiresAt,
        ...(refreshToken === null ? {} : { refreshToken }),
      };
    },

    /** The same token renews again and again: mobile clients keep the first (Guest API §9.2). */
    async refresh(refreshToken, deploymentId) {
      if (typeof refreshToken !== 'string' || !refreshToken.startsWith('r-')) throw invalid();
      const grant = await parts.renew(hashOf(refreshToken), deploymentId);
      return { jwt: jwtOf(grant, jwtExpiry(grant)) };
    },

    verify,

    async revoke(jwt, scope = 'everywhere') {
      const grant = await verify(jwt);
      const { settingId, subject } = grant.identity;
      await parts.signOut(
        scope === 'everywhere'
          ? { of: 'person', settingId, subject }
          : { of: 'sign-in', grantId: grant.id },
        { door: 'customer', role: 'customer' },
      );
    },
  };

  async function verify(jwt: string, deploymentId?: string): Promise<Grant> {
    const claims = tokens.verify('session', jwt);
    if (!claims || (deploymentId !== undefined && claims.deployment !== deploymentId))
      throw unauthorized();
    const grant = await readGrant(db, claims.sub);
    if (!grant) throw unauthorized();
    return grant;
  }

  /** No JWT outlives the proof that it stands for. */
  function jwtExpiry({ identity }: Grant): number {
    return Math.min(clock.now() + JWT_LIFETIME_MS, identity.reproveAt ?? Number.POSITIVE_INFINITY);
  }

  function jwtOf(grant: Grant, expiresAt: number): string {
    const { name, reproveAt } = grant.identity;
    const claims = {
      sub: grant.id,
      deployment: grant.deploymentId,
      identity: identityTag(grant.identity),
      ...(name === null ? {} : { name }),
      // Epoch seconds until which the proof stands; left out: as long as the session
      ...(reproveAt == null ? {} : { until: Math.floor(reproveAt / 1000) }),
    };
    return tokens.sign('session', claims, Math.floor(expiresAt / 1000));
  }
}

/** Seconds; null: what proves here cannot be renewed. */
const refreshLifetime = ({ setting }: Deployment): number | null =>
  setting?.type === 'openid-connect' ? setting.refreshTokenLifetime : null;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Tells a client whether it is still the same person, without saying who. */
const identityTag = ({ settingId, subject }: ProvenIdentity): string =>
  createHash('sha256')
    .update(JSON.stringify([settingId, subject]))
    .digest('base64url')
    .slice(0, 16);
