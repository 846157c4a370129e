import type { Logger } from 'pino';
import type { Bus } from '../../platform/index.ts';
import { EXPIRY_WARNING_MS } from './judge-key.ts';
import { dayOf } from './setting-status.ts';
import type { KeyHealthStore } from './store.ts';
import { shortThumbprint } from './thumbprint.ts';

/** Hints are `KeyExpiring`s, one a key and day. */
export const KEYS_EXPIRING_TOPIC = 'keys/expiring';

export interface KeyExpiring {
  url: string;
  kid: string | null;
  thumbprint: string;
  /** ISO 8601. */
  expiresAt: string;
  /** It has ended already. */
  expired: boolean;
}

/** Warns of published keys that end within 14 days or have ended: once a day each, by one node. */
export async function tellExpiring(
  urls: string[],
  nowMs: number,
  { store, bus, log }: { store: KeyHealthStore; bus: Bus | undefined; log: Logger | undefined },
): Promise<void> {
  const keys = await store.takeExpiring(urls, nowMs + EXPIRY_WARNING_MS, dayOf(nowMs));
  for (const { url, kid, thumbprint, expiresAt } of keys) {
    const told: KeyExpiring = {
      url,
      kid: kid === '' ? null : kid,
      thumbprint: shortThumbprint(thumbprint),
      expiresAt: new Date(expiresAt).toISOString(),
      expired: expiresAt <= nowMs,
    };
    log?.warn(told, told.expired ? 'a published key has ended' : 'a published key ends soon');
    bus?.publish(KEYS_EXPIRING_TOPIC, told);
  }
}
