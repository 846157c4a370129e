/**
 * Asks the provider again whether a sign-in stands, with the provider's own refresh token. One node at a
 * time for each sign-in: a provider that rotates its tokens takes a second use of one for theft. The
 * turn is a time in the row and not a lock, so that a provider that hangs holds no connection.
 */
import type { Configuration } from '../configuration/index.ts';
import type { IdentityModule, OpenIdConnectSetting, Verdict } from '../identity/index.ts';
import { type Bus, type Clock, type Database, Fault, type Seal } from '../platform/index.ts';
import {
  endRenewal,
  giveBackTurn,
  grantOfRefreshToken,
  type RenewableGrant,
  takeTurn,
  writeRenewal,
} from './grant-store.ts';
import { sessionTopic } from './hints.ts';
import { type Grant, samePerson } from './records.ts';
import type { Standing } from './standing.ts';
import { sessionsOfGrant } from './store.ts';

export interface RenewalParts {
  database: Pick<Database, 'kysely'>;
  bus: Bus;
  clock: Clock;
  seal: Pick<Seal, 'seal' | 'open'>;
  configuration: Pick<Configuration, 'current'>;
  identity: Pick<IdentityModule, 'renewOpenIdConnect'>;
  standing: Standing;
}

/** A sign-in that was renewed this recently is taken as it is: the provider has just been asked. */
const JUST_RENEWED_MS = 5_000;
/** Longer than a provider is given to answer; a node that dies in its turn blocks nobody for longer. */
const TURN_MS = 30_000;
const LOOK_AGAIN_MS = 50;

type Turn = NonNullable<Awaited<ReturnType<typeof takeTurn>>>;

export function createRenewal(parts: RenewalParts) {
  const { bus, clock, seal } = parts;
  const db = parts.database.kysely;
  const underWay = new Map<string, Promise<Grant>>();

  /**
   * The sign-in of our refresh token, confirmed as far as its provider can be asked.
   * Faults: `invalid_refresh_token` 401, `provider_unavailable` 503 (nothing has changed).
   */
  return async (refreshHash: Buffer, deploymentId: string | undefined): Promise<Grant> => {
    const found = await find(refreshHash, deploymentId);
    if (!found.atProvider) return mustStand(found.grant);
    const { id } = found.grant;
    const renewing = underWay.get(id) ?? renew(refreshHash).finally(() => underWay.delete(id));
    underWay.set(id, renewing);
    return renewing;
  };

  async function find(hash: Buffer, deploymentId?: string): Promise<RenewableGrant> {
    const found = await grantOfRefreshToken(db, hash, clock.now());
    if (!found || (deploymentId !== undefined && found.grant.deploymentId !== deploymentId))
      throw invalid();
    if (!settingOf(found.grant)) throw invalid();
    return found;
  }

  /** Without the provider a proof is as good as it was, and no longer. */
  function mustStand(grant: Grant): Grant {
    const reproveAt = grant.identity.reproveAt ?? null;
    if (reproveAt !== null && reproveAt <= clock.now()) throw invalid();
    return grant;
  }

  async function renew(hash: Buffer): Promise<Grant> {
    for (;;) {
      const { grant, atProvider, renewedAt } = await find(hash);
      if (!atProvider) return mustStand(grant);
      const now = clock.now();
      const renewedBefore = now - JUST_RENEWED_MS;
      if (renewedAt !== null && renewedAt >= renewedBefore) return grant;
      const turn = await takeTurn(db, grant.id, { now, until: now + TURN_MS, renewedBefore });
      if (turn) return inTurn(turn);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  async function inTurn(turn: Turn): Promise<Grant> {
    try {
      return await conclude(turn, await ask(turn));
    } catch (cause) {
      await giveBackTurn(db, turn.grant.id);
      throw cause;
    }
  }

  async function ask({ grant, providerRefresh }: Turn): Promise<Verdict> {
    const setting = settingOf(grant);
    if (!setting) throw invalid();
    const refreshToken = await seal.open(providerRefresh);
    const signIn = { refreshToken, identity: grant.identity };
    const source = { deploymentId: grant.deploymentId, channel: 'web' };
    return parts.identity.renewOpenIdConnect(setting, signIn, source);
  }

  async function conclude({ grant, providerRefresh }: Turn, verdict: Verdict): Promise<Grant> {
    if (verdict.outcome === 'refused') {
      if (verdict.reason === 'provider_unavailable') throw unavailable();
      await endRenewal(db, grant.id);
      throw invalid();
    }
    const renewed = continued(grant, { ...grant, identity: verdict.identity }, clock.now());
    if (!samePerson(grant, renewed)) {
      await endRenewal(db, grant.id);
      throw invalid();
    }
    const next = verdict.providerRefreshToken;
    const sealed = next === null ? providerRefresh : await seal.seal(next);
    if (!(await writeRenewal(db, renewed, sealed, clock.now()))) throw invalid();
    const sessions = await sessionsOfGrant(db, grant.id, clock.now());
    for (const id of sessions) bus.publish(sessionTopic(id), { type: 'bound' });
    if (sessions.length > 0) await parts.standing.confirm(renewed);
    return renewed;
  }

  /** The deployment is live, and still proves people by the setting that proved this one. */
  function settingOf({ deploymentId, identity }: Grant): OpenIdConnectSetting | null {
    const deployment = parts.configuration.current().deployments.get(deploymentId);
    if (deployment?.status !== 'Active') return null;
    const { setting } = deployment;
    return setting?.type === 'openid-connect' && setting.id === identity.settingId ? setting : null;
  }
}

/** A proof that was renewed while it stood is one proof, and counts from its beginning. */
function continued(before: Grant, after: Grant, now: number): Grant {
  const { reproveAt, since } = before.identity;
  const stood = reproveAt == null || reproveAt > now;
  return stood ? { ...after, identity: { ...after.identity, since } } : after;
}

export const invalid = () => new Fault('invalid_refresh_token', 401, 'Sign in again.');
const unavailable = () =>
  new Fault('provider_unavailable', 503, 'The identity provider does not answer. Try again later.');
