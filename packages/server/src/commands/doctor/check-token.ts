import { checkSignedToken, keysOfText } from '../../identity/index.ts';
import { systemClock } from '../../platform/index.ts';
import type { Checklist } from '../../site-checks/index.ts';

/** A sample token against the site's keys. Issuer and audience are in the setting, and not known here. */
export async function checkToken(
  token: string | null,
  keys: { url: string; text: string } | null,
  list: Checklist,
): Promise<void> {
  if (token === null) {
    list.skip('token', 'none was given: --token - reads one from standard input');
    return;
  }
  if (keys === null) {
    list.skip('token', 'there are no keys to try it with');
    return;
  }
  const setting = {
    id: '',
    name: 'doctor',
    type: 'signed-token' as const,
    publicKeyUrl: keys.url,
    clockTolerance: 30,
    maxLifetime: 86_400,
    singleUse: false,
    reproof: 'session' as const,
  };
  const keySets = keysOfText(keys.text, systemClock);
  const { refusal } = await checkSignedToken(setting, token, { keySets, nowMs: Date.now() });
  if (refusal === null) list.ok('token', 'accepted; `iss` and `aud` were not judged');
  else list.fail('token', refusal.reason, refusal.hint);
}
