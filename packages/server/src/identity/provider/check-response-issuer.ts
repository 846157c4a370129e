import type { CheckLog, Refusal } from '../check-log.ts';
import { difference } from '../checks/check-issuer.ts';
import { shown } from '../shown.ts';
import type { ProviderMetadata } from './provider-metadata.ts';

/**
 * RFC 9207 §2.4, before a code leaves us: `iss` of the authorization response is this provider, so
 * that no code goes to a provider it did not come from (mix-up). Absent is right only where the
 * provider does not send it.
 */
export function checkResponseIssuer(
  iss: string | undefined,
  { issuer, sendsIss }: ProviderMetadata,
  log: CheckLog,
): Refusal | null {
  if (iss === issuer) return log.pass('response iss', shown(iss), issuer);
  if (iss === undefined && !sendsIss) return log.pass('response iss', 'absent', 'not announced');
  const hint =
    iss === undefined
      ? 'The provider puts `iss` into its authorization response (RFC 9207); the site must pass it on as `iss`.'
      : `The authorization response came from ${shown(iss)}; the setting's provider is ${issuer}${difference(iss, issuer)}.`;
  return log.refuse('response iss', 'issuer', { observed: shown(iss), expected: issuer, hint });
}
