import type { WebhookStatus } from '@countersign/protocol';

/** What happened last tells: `unused` when nothing did. */
export function webhookHealth({
  lastSuccess,
  lastFailure,
}: Pick<WebhookStatus, 'lastSuccess' | 'lastFailure'>): 'healthy' | 'failing' | 'unused' {
  if (lastSuccess === undefined && lastFailure === undefined) return 'unused';
  return (lastFailure ?? '') > (lastSuccess ?? '') ? 'failing' : 'healthy';
}
