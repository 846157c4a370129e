import type { Logger } from 'pino';
import type { Configuration } from '../configuration/index.ts';
import type { Conversations } from '../conversations/index.ts';
import type { IdentityModule } from '../identity/index.ts';
import type { Bus, Clock, Database, Seal } from '../platform/index.ts';
import { createActivity } from './activity.ts';
import { createConfigure, unauthorized } from './configure.ts';
import { devicesOf } from './device-store.ts';
import { createGrants } from './grants.ts';
import { sessionTopic } from './hints.ts';
import type { Sessions } from './index.ts';
import { createObservedGuests } from './observed-guests.ts';
import { createRenewal } from './renewal.ts';
import { createSignOut } from './sign-out.ts';
import { createStanding } from './standing.ts';
import * as store from './store.ts';
import { createTokens } from './token.ts';

export interface SessionsParts {
  database: Pick<Database, 'kysely'>;
  bus: Bus;
  clock: Clock;
  log: Logger;
  seal: Seal;
  configuration: Pick<Configuration, 'current'>;
  conversations: Pick<Conversations, 'openOf' | 'change' | 'lapsing'>;
  identity: Pick<IdentityModule, 'renewOpenIdConnect'>;
  /** Between two sweeps; default 3000; 0: only when `sweep` is called. */
  sweepMs?: number;
}

const HISTORY_TOKEN_SECONDS = 60;

export function createSessions(parts: SessionsParts): Sessions {
  const { database, bus, clock, seal } = parts;
  const db = database.kysely;
  const tokens = createTokens(seal.derive('session-token'), clock);
  const observed = createObservedGuests(parts);
  const configure = createConfigure({ database, bus, clock, observed });
  const activity = createActivity({ ...parts, observed, sweepMs: parts.sweepMs ?? 3000 });
  const standing = createStanding(parts);
  const renew = createRenewal({ ...parts, standing });
  const signOut = createSignOut(parts);
  const read = (id: string) => store.readLive(db, id, clock.now());

  return {
    ...createGrants({ ...parts, tokens, renew, signOut }),
    configureGuest: (deployment, token, startNew, client) =>
      configure(deployment, token, null, startNew, client),
    async configureAuthenticated(deployment, token, grant, startNew, client) {
      if (grant.deploymentId !== deployment.id) throw unauthorized();
      const configured = await configure(deployment, token, grant, startNew, client);
      const { session, steppedUp, replaced } = configured;
      // What is about to end, and a guest's that becomes theirs, is told in other words
      if (!steppedUp && replaced?.ownerKey !== session.ownerKey) await standing.confirm(grant);
      return configured;
    },
    signOut,
    async endAt(deploymentId, by) {
      const signedOut = await signOut({ of: 'deployment', deploymentId }, by);
      const guests = await store.liveWith(db, { deploymentId }, clock.now());
      await store.endSessions(db, guests, 'expired', clock.now());
      for (const id of guests) bus.publish(sessionTopic(id), { type: 'expired' });
      return signedOut + guests.length;
    },
    countLive: async (of) => (await store.liveWith(db, of, clock.now())).length,
    devicesOf: (people) => devicesOf(db, people, clock.now()),
    endedSince: (since) => store.endedSince(db, since),
    lapse: standing.lapse,
    read,
    conversationsOf: (id) => store.conversationsOf(db, id, clock.now()),
    link: (id, conversationId) => store.link(db, id, conversationId, clock.now()),
    sessionsOf: (conversationId) => store.sessionsOf(db, conversationId, clock.now()),
    touch: activity.touch,
    async setReadOnly(id, readOnly) {
      await store.writeReadOnly(db, id, readOnly);
      if (readOnly) bus.publish(sessionTopic(id), { type: 'read-only' });
    },
    async end(id, how) {
      await store.endSessions(db, [id], reasonOf(how.type), clock.now());
      bus.publish(sessionTopic(id), how);
    },
    async historyToken({ id, deploymentId }) {
      const exp = Math.floor(clock.now() / 1000) + HISTORY_TOKEN_SECONDS;
      return { jwt: tokens.sign('history', { sub: id, deployment: deploymentId }, exp), exp };
    },
    async verifyHistoryToken(jwt) {
      const claims = tokens.verify('history', jwt);
      const session = claims && (await read(claims.sub));
      if (!session) throw unauthorized();
      return session.id;
    },
    wouldBeRefused: observed.of,
    sweep: activity.sweep,
    close: activity.close,
  };
}

function reasonOf(type: Parameters<Sessions['end']>[1]['type']): store.EndReason {
  if (type === 'read-only' || type === 'bound') throw new Error(`${type} ends no session`);
  return type;
}
