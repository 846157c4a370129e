import type { CheckLog, Refusal } from '../check-log.ts';
import type { UseOnce } from '../used-tokens/store.ts';

/**
 * An ID token that came over the browser can be sent again by whoever saw it; its nonce lets it in once
 * (OpenID Connect Core §15.5.2, row T26). A code needs no such memory: the provider redeems it once.
 */
export async function checkNonceFirstUse(
  { nonce, expiresAt }: { nonce: string; expiresAt: number },
  setting: { id: string; clockTolerance: number },
  { useOnce, nowMs, log }: { useOnce: UseOnce; nowMs: number; log: CheckLog },
): Promise<Refusal | null> {
  const until = expiresAt + setting.clockTolerance * 1000;
  const one = { settingId: setting.id, jti: `nonce ${nonce}`, expiresAt: until };
  if (await useOnce(one, nowMs)) return log.pass('first use', 'yes', 'a nonce not used before');
  return log.refuse('first use', 'nonce', {
    observed: 'its nonce was used before',
    expected: 'a nonce not used before',
    hint: 'An ID token with this `nonce` has signed somebody in already: each sign-in needs a new random `nonce` and a new ID token.',
  });
}
