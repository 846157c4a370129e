import type { Reproof } from './setting.ts';

/**
 * Until when a proof stands, ms since the epoch; null: as long as the session. No setting makes a proof
 * outlive what it asks for: `token` is the end of the token itself.
 */
export function reproveAt(
  reproof: Reproof,
  proof: { since: number; tokenExpiresAt: number },
): number | null {
  if (reproof === 'session') return null;
  return reproof === 'token' ? proof.tokenExpiresAt : proof.since + reproof * 1000;
}
