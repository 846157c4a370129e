import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/**
 * The headers of a signed message (Standard Webhooks, "Signature scheme"): HMAC-SHA256 over id, time in
 * seconds and body, joined by dots. `whsec_` and base64 as the specification writes secrets; anything else
 * is taken as its bytes.
 */
export function sign(
  secret: string,
  id: string,
  timestamp: number,
  body: string,
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const key = secret.startsWith(PREFIX)
    ? Buffer.from(secret.slice(PREFIX.length), 'base64')
    : Buffer.from(secret);
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
