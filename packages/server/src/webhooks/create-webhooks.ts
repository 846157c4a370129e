import type { Identify } from '../administration/index.ts';
import type { Configuration } from '../configuration/index.ts';
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
}

export interface Webhooks {
  /** One round: delivers what is due. */
  sweep(): Promise<void>;
  /** Forgets what is older than 30 days. */
  forget(): Promise<void>;
}

const AT_ONCE = 20;
/** Longer than a try can take: who has not said by then how it went has died. */
const LEASE_MS = 15_000;
const KEPT_MS = 30 * 24 * 3_600_000;

/** Tells receivers of what happens, as Standard Webhooks says; nothing is lost, some may come twice. */
export function createWebhooks(parts: WebhooksParts): Webhooks {
  const { configuration, clock } = parts;
  const store = deliveryStore(parts.database);
  webhookRoutes({ ...parts, store });
  return {
    async sweep() {
      if (configuration.current().webhooks.size === 0) return;
      const now = clock.now();
      const due = await store.claim(now, now + LEASE_MS, AT_ONCE);
      await Promise.all(due.map(attempt));
    },
    forget: () => store.forget(clock.now() - KEPT_MS),
  };

  async function attempt(delivery: DeliveryRecord): Promise<void> {
    const webhook = configuration.current().webhooks.get(delivery.webhookId);
    const payload = await payloadOf(delivery, parts);
    if (!webhook || payload === null) {
      const error = webhook ? 'The conversation is no longer there.' : 'The webhook was removed.';
      const over = { state: 'failed' as const, nextTryAt: null, status: null, durationMs: 0 };
      await store.tried(delivery.id, { ...over, error });
      return;
    }
    const { wantsNoMore, ...tried } = await deliver(delivery, webhook, payload, parts);
    await store.tried(delivery.id, tried);
    if (wantsNoMore) await store.giveUp(webhook.id, 'The receiver wants no more (410).');
  }
}
