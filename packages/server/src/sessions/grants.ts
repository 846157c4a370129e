import { createHash, randomBytes } from 'node:crypto';
import type { Configuration, Deployment } from '../configuration/index.ts';
import type { ProvenIdentity } from '../identity/index.ts';
import { type Bus, type Clock, type Database, Fault, newId } from '../platform/index.ts';
import { unauthorized } from './configure.ts';
import { grantOfRefreshToken, insertGrant, readGrant, revokePerson } from './grant-store.ts';
import { sessionTopic } from './hints.ts';
import type { Sessions } from './index.ts';
import type { Grant } from './records.ts';
import type { Tokens } from './token.ts';

export interface GrantParts {
  database: Pick<Database, 'kysely'>;
  bus: Bus;
  clock: Clock;
  tokens: Tokens;
  configuration: Pick<Configuration, 'current'>;
}

const JWT_LIFETIME_MS = 15 * 60 * 1000;

/** Sign-ins: what a proof is exchanged for, how long that can be renewed, how it ends. */
export function createGrants(
  parts: GrantParts,
): Pick<Sessions, 'grant' | 'refresh' | 'verify' | 'revoke'> {
  const { clock, tokens } = parts;
  const db = parts.database.kysely;

  return {
    async grant(deployment, identity, contactId) {
      const now = clock.now();
      const grant: Grant = { id: newId(), deploymentId: deployment.id, identity, contactId };
      const seconds = refreshLifetime(deployment);
      const refreshToken = seconds === null ? null : `r-${randomBytes(32).toString('base64url')}`;
      const expiresAt = Math.min(now + JWT_LIFETIME_MS, identity.tokenExpiresAt);
      const lasts = seconds === null ? expiresAt : now + seconds * 1000;
      const hash = refreshToken === null ? null : hashOf(refreshToken);
      await insertGrant(db, grant, { now, expiresAt: lasts }, hash);
      return {
        jwt: jwtOf(grant, expiresAt),
        expiresAt,
        ...(refreshToken === null ? {} : { refreshToken }),
      };
    },

    /** The same token renews again and again: mobile clients keep the first (Guest API §9.2). */
    async refresh(refreshToken, deploymentId) {
      const grant = await renewable(refreshToken, deploymentId);
      if (!grant) throw new Fault('invalid_refresh_token', 401, 'Sign in again.');
      return { jwt: jwtOf(grant, clock.now() + JWT_LIFETIME_MS) };
    },

    verify,

    async revoke(jwt) {
      const grant = await verify(jwt);
      for (const id of await revokePerson(db, grant, clock.now()))
        parts.bus.publish(sessionTopic(id), { type: 'logout' });
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

  async function renewable(token: string, deploymentId?: string): Promise<Grant | null> {
    if (typeof token !== 'string' || !token.startsWith('r-')) return null;
    const grant = await grantOfRefreshToken(db, hashOf(token), clock.now());
    if (!grant || (deploymentId !== undefined && grant.deploymentId !== deploymentId)) return null;
    return isOffered(grant) ? grant : null;
  }

  /** The deployment is live, and still proves people by the setting that proved this one. */
  function isOffered({ deploymentId, identity }: Grant): boolean {
    const deployment = parts.configuration.current().deployments.get(deploymentId);
    return deployment?.status === 'Active' && deployment.setting?.id === identity.settingId;
  }

  function jwtOf(grant: Grant, expiresAt: number): string {
    const { name } = grant.identity;
    const claims = {
      sub: grant.id,
      deployment: grant.deploymentId,
      identity: identityTag(grant.identity),
      ...(name === null ? {} : { name }),
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
