import type { Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Bus, Clock, Database } from '../platform/index.ts';
import { createAppender } from './append.ts';
import { createChange, type OnWritten } from './change.ts';
import { createFollow } from './follow.ts';
import { publishEntries } from './hints.ts';
import type { Conversations } from './index.ts';
import { createOfferBatch } from './offer-batch.ts';
import { createOpen } from './open.ts';
import { history } from './store/history-store.ts';
import * as inboxes from './store/inbox-store.ts';
import * as lists from './store/list-store.ts';
import * as reads from './store/read-store.ts';
import { outcomes, volumes } from './store/report-store.ts';
import { type Connection, type Tables, tablesOf } from './store/rows.ts';
import { anyVerified } from './store/verified-store.ts';
import * as work from './store/work-store.ts';
import { exportTrail } from './trail/export-trail.ts';

export interface ConversationsParts {
  database: Database;
  bus: Bus;
  clock: Clock;
  onWritten?: OnWritten;
  log: Logger;
  /** Write connections; default 2. */
  lanes?: number;
  /** Drafts that wait on one lane at most; default 10,000. */
  maxQueued?: number;
  /** Between two questions for followers; default 1000. */
  pollMs?: number;
}

export function createConversations(parts: ConversationsParts): Conversations {
  const { database, clock, log, lanes = 2, maxQueued = 10_000, pollMs = 1000 } = parts;
  const bus = guarded(parts.bus, log);
  const db = tablesOf(database);
  const { onWritten } = parts;
  const writing = { database, bus, clock, ...(onWritten && { onWritten }) };
  const read = (id: string) => reads.read(db, id);
  const openOf = (ownerKey: string) => reads.openOf(db, ownerKey);
  const entries: Conversations['entries'] = (id, range) => reads.entries(db, id, range);
  const lastSeqs = (ids: string[]) => reads.lastSeqs(db, ids);
  const following = createFollow({ bus, log, entries, lastSeqs, pollMs });
  const appender = createAppender({
    ...{ database, clock, log, lanes, maxQueued },
    publish: (written) => publishEntries(bus, written),
    exists: async (id) => (await read(id)) !== null,
  });

  return {
    open: createOpen({ ...writing, read, openOf, append: appender.append }),
    append: appender.append,
    change: createChange(writing),
    read,
    openOf,
    entries,
    lastSeqs,
    history: (ids, page) => history(db, ids, page),
    follow: following.follow,
    list: (filter) => lists.list(db, filter),
    inbox: (query) => inboxes.inbox({ db, pool: database.pool }, query),
    held: (agentIds) => inboxes.held(db, agentIds),
    openCounts: () => inboxes.openCounts(db),
    lastChangedAt: () => inboxes.lastChangedAt(db),
    workload: () => inboxes.workload(db),
    summaries: (marks) => inboxes.summaries({ db, pool: database.pool }, marks),
    volumes: (range) => volumes(db, range),
    outcomes: (range) => outcomes(db, range),
    previews: (ids) => reads.previews(db, ids),
    waiting: (queueIds, limit) => lists.waiting(db, queueIds, limit),
    unrouted: (olderThanMs) => lists.unrouted(db, clock.now() - olderThanMs),
    expiredOffers: () => lists.expiredOffers(db, clock.now()),
    offerBatch: createOfferBatch({ database, bus, clock }),
    waitingIn: (queueIds, upTo) => work.waitingIn(db, queueIds, upTo),
    wrapUpsOver: () => work.wrapUpsOver(db, clock.now()),
    queuedBefore: (queueId, before) => work.queuedBefore(db, queueId, before),
    offeredTo: (agentIds) => work.offeredTo(db, agentIds),
    activeOf: (agentIds) => work.activeOf(db, agentIds),
    nextInLine: (queueIds) => work.nextInLine(db, queueIds),
    openWith: (holder) => work.countOpenWith(db, holder),
    positionOf: (id) => work.positionOf(db, id),
    placeIn: (wait, transaction) => work.placeIn(within(db, transaction), wait),
    usualWait: (queueId, since, last) => work.usualWait(db, queueId, since, last),
    lastAgents: (ids, transaction) => work.lastAgents(within(db, transaction), ids),
    lapsing: (nowMs, limit) => lists.lapsing(db, nowMs, limit),
    anyVerified: (deploymentIds) => anyVerified(db, deploymentIds),
    verifiedEnded: (channel, limit) => lists.verifiedEnded(db, channel, limit),
    lastOf: (id, kinds, transaction) => reads.lastOf(within(db, transaction), id, kinds),
    loads: (agentIds, transaction) => lists.loads(within(db, transaction), agentIds),
    counts: () => lists.counts(db),
    countOf: (contactIds) => lists.countOf(db, contactIds),
    changedSince: (since, limit) => lists.changedSince(db, since, limit),
    exportTrail: (id) => exportTrail(db, id, clock.now()),
    async close() {
      following.close();
      await appender.close();
    },
  };
}

const within = (db: Connection, transaction: Transaction<unknown> | undefined): Connection =>
  transaction?.withTables<Tables>() ?? db;

/** What is committed is answered, whoever fails to hear of it. */
const guarded = (bus: Bus, log: Logger): Pick<Bus, 'publish' | 'subscribe'> => ({
  subscribe: (topic, listener) => bus.subscribe(topic, listener),
  publish(topic, hint) {
    try {
      bus.publish(topic, hint);
    } catch (error) {
      log.error({ err: error }, 'a hint about a conversation failed');
    }
  },
});
