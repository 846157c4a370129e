import type { Webhook } from '../configuration/index.ts';
import type { Clock, Outbound } from '../platform/index.ts';
import { sign } from './sign.ts';
import type { DeliveryRecord, Tried } from './store.ts';

const TIMEOUT_MS = 10_000;
const GONE = 410;
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
/** After the first try, the second, … (Standard Webhooks, "Retry schedule"). */
const BACKOFF_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** Up to this share is added, so that a receiver that comes back is not met by everything at once. */
const JITTER = 0.1;

/** One try. `wantsNoMore`: the receiver is gone for good (410). */
export async function deliver(
  delivery: DeliveryRecord,
  webhook: Webhook,
  payload: string,
  { outbound, clock }: { outbound: Pick<Outbound, 'post'>; clock: Clock },
): Promise<Tried & { wantsNoMore: boolean }> {
  const started = performance.now();
  const now = clock.now();
  const headers = sign(webhook.secret, delivery.id, Math.floor(now / 1000), payload);
  const failure = { status: null as number | null, error: '' };
  try {
    const { status } = await outbound.post(webhook.url, payload, {
      headers,
      timeoutMs: TIMEOUT_MS,
    });
    failure.status = status;
    if (status < 200 || status > 299) failure.error = `The receiver answered with ${status}.`;
  } catch (cause) {
    failure.error = cause instanceof Error ? cause.message : 'The request failed.';
  }
  const durationMs = Math.round(performance.now() - started);
  const wantsNoMore = failure.status === GONE;
  if (failure.error === '')
    return {
      state: 'delivered',
      nextTryAt: null,
      ...failure,
      error: null,
      durationMs,
      wantsNoMore,
    };
  const wait = wantsNoMore ? undefined : BACKOFF_MS[delivery.tries - 1];
  const nextTryAt = wait === undefined ? null : now + wait * (1 + Math.random() * JITTER);
  return {
    state: nextTryAt === null ? 'failed' : 'pending',
    nextTryAt: nextTryAt === null ? null : Math.round(nextTryAt),
    ...failure,
    durationMs,
    wantsNoMore,
  };
}
