import type { WebhookEvent } from '@countersign/protocol';
import type { Configuration } from '../configuration/index.ts';
import type { OnWritten } from '../conversations/index.ts';
import { type Clock, newId } from '../platform/index.ts';
import { eventOf } from './event-of.ts';
import { insertDeliveries, type NewDelivery } from './store.ts';

export type WebhookOutbox = OnWritten;

/**
 * Writes what webhooks are to be told in the transaction that writes what happened: neither can be there
 * without the other.
 */
export function createWebhookOutbox({
  configuration,
  clock,
}: {
  configuration: Configuration;
  clock: Clock;
}): WebhookOutbox {
  return async ({ record, entries, created }, transaction) => {
    const webhooks = [...configuration.current().webhooks.values()];
    if (webhooks.length === 0) return;
    const happened = entries.flatMap(({ kind, seq }) => {
      const event = eventOf(kind);
      return event ? [{ event, seq }] : [];
    });
    const opened = { event: 'conversation.opened' as const, seq: entries[0]?.seq ?? 0 };
    const all = created ? [opened, ...happened] : happened;
    const deliveries = webhooks.flatMap((webhook) =>
      all
        .filter(({ event }) => webhook.events.includes(event))
        .map((item) => delivery(webhook.id, record.id, item)),
    );
    if (deliveries.length > 0) await insertDeliveries(transaction, deliveries, clock.now());
  };
}

const delivery = (
  webhookId: string,
  conversationId: string,
  { event, seq }: { event: WebhookEvent; seq: number },
): NewDelivery => ({ id: newId(), webhookId, event, conversationId, seq });
