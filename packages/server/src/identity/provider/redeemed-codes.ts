import { createHash } from 'node:crypto';

/** Codes sent from this node lately: only to say in a hint that one is sent a second time. */
export interface RedeemedCodes {
  /** Whether the code was asked about before; remembers it. */
  seen(code: string): boolean;
}

const MOST = 1000;

export function redeemedCodes(): RedeemedCodes {
  const digests = new Set<string>();
  return {
    seen(code) {
      const digest = createHash('sha256').update(code).digest('base64url');
      if (digests.has(digest)) return true;
      const [oldest] = digests;
      if (digests.size === MOST && oldest !== undefined) digests.delete(oldest);
      digests.add(digest);
      return false;
    },
  };
}
