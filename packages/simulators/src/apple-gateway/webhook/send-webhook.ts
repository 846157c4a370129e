import type { Business } from '../business.ts';
import type { GatewayState } from '../gateway-state.ts';
import type { WebhookDelivery } from '../journal.ts';
import type { Json } from '../json.ts';
import { applyFault } from './apply-fault.ts';
import { draftWebhook, seal, type WebhookSender } from './draft.ts';
import type { WebhookFault } from './webhook-fault.ts';

const TIMEOUT_MS = 30_000;

/** Posts one message to the provider (§3). Never throws; the journal has the answer. */
export async function sendWebhook(
  state: GatewayState,
  business: Business,
  sender: WebhookSender,
  body: Json,
  fault?: WebhookFault,
): Promise<WebhookDelivery> {
  const draft = draftWebhook(state, business, sender, body);
  const { headers, bytes } = await seal(fault ? applyFault(draft, fault, state) : draft);
  const url = `${business.webhookUrl.replace(/\/$/, '')}/message`;
  const answer = await post(url, headers, bytes);
  const isDelivered = answer.status === 200;
  const delivery = { id: String(body.id), type: String(body.type), ...answer, isDelivered };
  state.journal.webhook(delivery);
  return delivery;
}

async function post(
  url: string,
  headers: Headers,
  body: Uint8Array<ArrayBuffer>,
): Promise<{ status: number; body: string }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    return { status: answer.status, body: await answer.text() };
  } catch (cause) {
    return { status: 0, body: cause instanceof Error ? cause.message : String(cause) };
  }
}
