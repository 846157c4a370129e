import type { Logger } from 'pino';
import type { Configuration } from '../configuration/index.ts';
import type { Bus, Clock, Database, Seal } from '../platform/index.ts';
import { createActivity } from './activity.ts';
import { createConfigure, unauthorized } from './configure.ts';
import { createGrants } from './grants.ts';
import { sessionTopic } from './hints.ts';
import type { Sessions } from './index.ts';
import * as store from './store.ts';
import { createTokens } from './token.ts';

export interface SessionsParts {
  database: Pick<Database, 'kysely'>;
  bus: Bus;
  clock: Clock;
  log: Logger;
  seal: Pick<Seal, 'derive'>;
  configuration: Pick<Configuration, 'current'>;
  /** Between two sweeps; default 3000; 0: only when `sweep` is called. */
  sweepMs?: number;
}

const HISTORY_TOKEN_SECONDS = 60;

export function createSessions(parts: SessionsParts): Sessions {
  const { database, bus, clock, seal } = parts;
  const db = database.kysely;
  const tokens = createTokens(seal.derive('session-token'), clock);
  const configure = createConfigure({ database, bus, clock });
  const activity = createActivity({ ...parts, sweepMs: parts.sweepMs ?? 3000 });
  const read = (id: string) => store.readLive(db, id, clock.now());

  return {
    ...createGrants({ ...parts, tokens }),
    configureGuest: (deployment, token, startNew, connection) =>
      configure(deployment, token, null, startNew, connection),
    async configureAuthenticated(deployment, token, grant, startNew, connection) {
      if (grant.deploymentId !== deployment.id) throw unauthorized();
      return configure(deployment, token, grant, startNew, connection);
    },
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
    sweep: activity.sweep,
    close: activity.close,
  };
}

function reasonOf(type: Parameters<Sessions['end']>[1]['type']): store.EndReason {
  if (type === 'read-only') throw new Error('a session that becomes read-only has not ended');
  return type;
}
