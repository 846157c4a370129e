import type { Logger } from 'pino';
import type { Identify } from '../administration/index.ts';
import type { Configuration, Webhook } from '../configuration/index.ts';
import type { Conversations } from '../conversations/index.ts';
import type { Clock, Database, Http, Outbound } from '../platform/index.ts';
import { deliver } from './deliver.ts';
import { payloadOf } from './payload.ts';
import { webhookRoutes } from './routes.ts';
import { type DeliveryRecord, deliveryStore } from './store.ts';

export interface WebhooksParts {
  http: Http;
  identify: Identify;
  database: Database;
  configuration: Configuration;
  conversations: Pick<Conversations, 'read' | 'entries'>;
  outbound: Pick<Outbound, 'post'>;
  clock: Clock;
  log: Logger;
}

export interface Webhooks {
  /** Begins to deliver what is due. Each receiver has a line of its own: one that hangs holds up no other. */
  sweep(): void;
  /** Forgets what is older than 30 days, and gives up what waits for webhooks that are no more. */
  forget(): Promise<void>;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

/** No more than `platform/outbound` opens connections to one host: what queued there would time out unsent. */
const AT_ONCE = 8;
/** Longer than a try can take: who has not said by then how it went has died. */
const LEASE_MS = 15_000;
const KEPT_MS = 30 * 24 * 3_600_000;
const REMOVED = 'The webhook was removed.';

/** Tells receivers of what happens, as Standard Webhooks says; nothing is lost, some may come twice. */
export function createWebhooks(parts: WebhooksParts): Webhooks {
  const { configuration, clock, log } = parts;
  const store = deliveryStore(parts.database);
  /** By id of the webhook: one round at a time. */
  const underWay = new Map<string, Promise<void>>();
  let closed = false;
  webhookRoutes({ ...parts, store });
  return {
    sweep() {
      for (const webhook of configuration.current().webhooks.values()) {
        if (!underWay.has(webhook.id)) underWay.set(webhook.id, serve(webhook));
      }
    },
    async forget() {
      await store.giveUpOthers([...configuration.current().webhooks.keys()], REMOVED);
      await store.forget(clock.now() - KEPT_MS);
    },
    async close() {
      closed = true;
      await Promise.all(underWay.values());
    },
  };

  async function serve({ id }: Webhook): Promise<void> {
    try {
      while (!closed && (await round(id)) === AT_ONCE);
    } catch (cause) {
      log.warn({ err: cause, webhook: id }, 'deliveries of a webhook could not be read or written');
    } finally {
      underWay.delete(id);
    }
  }

  /** How many were due. */
  async function round(webhookId: string): Promise<number> {
    const now = clock.now();
    const due = await store.claim(webhookId, { now, leaseUntil: now + LEASE_MS, limit: AT_ONCE });
    const answers = await Promise.all(due.map(attempt));
    // After all of them are written, so that none of the others goes on waiting
    if (answers.includes('wants-no-more'))
      await store.giveUp(webhookId, 'The receiver wants no more (410).');
    return due.length;
  }

  async function attempt(delivery: DeliveryRecord): Promise<'wants-no-more' | 'goes-on'> {
    const webhook = configuration.current().webhooks.get(delivery.webhookId);
    const payload = await payloadOf(delivery, parts);
    if (!webhook || payload === null) {
      const error = webhook ? 'The conversation is no longer there.' : REMOVED;
      const over = { state: 'failed' as const, nextTryAt: null, status: null, durationMs: 0 };
      await store.tried(delivery.id, { ...over, error });
      return 'goes-on';
    }
    const { wantsNoMore, ...tried } = await deliver(delivery, webhook, payload, parts);
    await store.tried(delivery.id, tried);
    return wantsNoMore ? 'wants-no-more' : 'goes-on';
  }
}
