import { WebhookDelivery, WebhookStatus } from '@countersign/protocol';
import { Type } from 'typebox';
import { requireRole } from '../administration/index.ts';
import type { Webhook } from '../configuration/index.ts';
import { newId, notFound } from '../platform/index.ts';
import type { WebhooksParts } from './create-webhooks.ts';
import { TEST_EVENT } from './payload.ts';
import type { DeliveryRecord, DeliveryStore } from './store.ts';

const tags = ['Webhooks'];
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Page = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ format: 'uuid' })),
});
const list = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Optional(Type.String()) });

/** How deliveries went, for administrators. No answer holds a secret. */
export function webhookRoutes({
  http,
  identify,
  configuration,
  clock,
  store,
}: WebhooksParts & { store: DeliveryStore }): void {
  const admins = (request: Parameters<typeof requireRole>[1]) =>
    requireRole(identify, request, ['administrator']);

  http.get(
    '/api/webhooks',
    { schema: { tags, response: { 200: list(WebhookStatus) } } },
    async (request) => {
      await admins(request);
      const statuses = new Map((await store.statuses()).map((row) => [row.webhookId, row]));
      const webhooks = [...configuration.current().webhooks.values()];
      return { items: webhooks.map((webhook) => present(webhook, statuses.get(webhook.id))) };
    },
  );

  http.get(
    '/api/webhooks/:id/deliveries',
    { schema: { tags, params: Id, querystring: Page, response: { 200: list(WebhookDelivery) } } },
    async (request) => {
      await admins(request);
      const { limit = 50, cursor } = request.query;
      const rows = await store.list(find(request.params.id).id, limit + 1, cursor);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(presentDelivery),
        ...(rows.length > limit && last ? { next: last.id } : {}),
      };
    },
  );

  http.post(
    '/api/webhooks/:id/test',
    { schema: { tags, params: Id, response: { 201: WebhookDelivery } } },
    async (request, reply) => {
      await admins(request);
      const webhookId = find(request.params.id).id;
      const id = newId();
      const test = { id, webhookId, event: TEST_EVENT, conversationId: null, seq: null };
      await store.insert([test], clock.now());
      return reply.code(201).send(presentDelivery(await mustRead(id)));
    },
  );

  http.post(
    '/api/webhook-deliveries/:id/resend',
    { schema: { tags, params: Id, response: { 200: WebhookDelivery } } },
    async (request) => {
      await admins(request);
      const { id } = request.params;
      if (!(await store.resend(id, clock.now()))) throw notFound('delivery');
      return presentDelivery(await mustRead(id));
    },
  );

  function find(id: string): Webhook {
    const webhook = configuration.current().webhooks.get(id.toLowerCase());
    if (!webhook) throw notFound('webhook');
    return webhook;
  }

  async function mustRead(id: string): Promise<DeliveryRecord> {
    const delivery = await store.read(id);
    if (!delivery) throw notFound('delivery');
    return delivery;
  }
}

const time = (ms: number): string => new Date(ms).toISOString();

const present = (
  { id, url, events }: Webhook,
  status?: Awaited<ReturnType<DeliveryStore['statuses']>>[number],
): WebhookStatus => ({
  id,
  url,
  events,
  pending: status?.pending ?? 0,
  ...(status?.lastSuccess ? { lastSuccess: time(status.lastSuccess) } : {}),
  ...(status?.lastFailure ? { lastFailure: time(status.lastFailure) } : {}),
});

const presentDelivery = (row: DeliveryRecord): WebhookDelivery => ({
  id: row.id,
  event: row.event,
  ...(row.conversationId ? { conversation: row.conversationId } : {}),
  createdAt: time(row.createdAt),
  state: row.state,
  tries: row.tries,
  ...(row.nextTryAt !== null && row.state === 'pending' ? { nextTryAt: time(row.nextTryAt) } : {}),
  ...(row.lastStatus !== null ? { lastStatus: row.lastStatus } : {}),
  ...(row.lastError !== null ? { lastError: row.lastError } : {}),
  ...(row.durationMs !== null ? { durationMs: row.durationMs } : {}),
});
