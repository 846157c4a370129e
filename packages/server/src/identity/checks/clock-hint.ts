import { shownDuration } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/** Where the clock behind the key URL is known to differ: by how much, as part of a hint. */
export function clockHint({ issuerClock, rules }: TokenAttempt): string {
  const skew = issuerClock?.clockSkewSeconds(rules.keysUrl) ?? 0;
  if (skew === 0) return '';
  const { host } = new URL(rules.keysUrl);
  const by = shownDuration(Math.abs(skew));
  return `; the clock of ${host} is ${by} ${skew < 0 ? 'behind' : 'ahead of'} ours`;
}
