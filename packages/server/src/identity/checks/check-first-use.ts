import type { CheckLog, Refusal } from '../check-log.ts';
import type { JsonObject } from '../strict-json.ts';
import type { UseOnce } from '../used-tokens/store.ts';

/**
 * The last check of a token that counts once, so that a refused one is not used up by it. Its `jti`
 * and `exp` have been checked. What may still be accepted within the tolerance is kept as long.
 */
export async function checkFirstUse(
  { jti, exp }: JsonObject,
  setting: { id: string; clockTolerance: number },
  { useOnce, nowMs, log }: { useOnce: UseOnce; nowMs: number; log: CheckLog },
): Promise<Refusal | null> {
  const expiresAt = (Number(exp) + setting.clockTolerance) * 1000;
  if (await useOnce({ settingId: setting.id, jti: String(jti), expiresAt }, nowMs))
    return log.pass('first use', 'yes', 'a jti not seen before');
  return log.refuse('first use', 'replay', {
    observed: 'its jti was used before',
    expected: 'a jti not seen before',
    hint: 'This token was used before, and each counts once here: make a new one, with a `jti` of its own, every time it is asked for.',
  });
}
