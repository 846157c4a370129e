import { useWebhookStatus } from './use-webhook-status.ts';
import { WebhookHealthSign } from './webhook-health-sign.tsx';

/** Beside its address, how it is doing. */
export function WebhookSign({ id }: { id: string }) {
  const status = useWebhookStatus(id);
  return status ? <WebhookHealthSign webhook={status} /> : null;
}
