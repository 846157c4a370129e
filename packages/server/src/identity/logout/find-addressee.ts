import type { CheckLog, Refusal } from '../check-log.ts';
import { fetchProblem } from '../fetch-problem.ts';
import { checkProviderHosts } from '../provider/check-provider-hosts.ts';
import type { ProviderMetadata, ReadMetadata } from '../provider/provider-metadata.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { shown } from '../shown.ts';
import type { JsonObject } from '../strict-json.ts';

export interface Addressee {
  setting: OpenIdConnectSetting;
  metadata: ProviderMetadata;
}

/**
 * Which setting a logout token is meant for, by what it says of itself: `aud` is its client and `iss` its
 * provider. That only chooses what the token is held against; both are checked again once signed.
 */
export async function findAddressee(
  settings: readonly OpenIdConnectSetting[],
  { iss, aud }: JsonObject,
  { readMetadata, log }: { readMetadata: ReadMetadata; log: CheckLog },
): Promise<Addressee | Refusal> {
  const named: unknown[] = Array.isArray(aud) ? aud : [aud];
  const clients = settings.filter(({ clientId }) => named.includes(clientId));
  if (clients.length === 0)
    return log.refuse('aud', 'audience', {
      observed: shown(aud),
      expected: 'the client id of an openid-connect setting',
      hint: `The logout token is for ${shown(aud)}, and no openid-connect setting has that client id.`,
    });
  const issuers: string[] = [];
  let failure: string | null = null;
  for (const setting of clients) {
    try {
      const metadata = await readMetadata(setting.discoveryUri);
      if (metadata.issuer === iss)
        return checkProviderHosts(setting, metadata, log) ?? { setting, metadata };
      issuers.push(metadata.issuer);
    } catch (error) {
      failure ??= `${setting.discoveryUri}: ${fetchProblem(error)}`;
    }
  }
  if (failure !== null)
    return log.refuse('discovery', 'provider_unavailable', {
      observed: failure,
      expected: 'the discovery document of the provider',
      hint: `A provider's discovery document could not be read: ${failure}.`,
    });
  return log.refuse('iss', 'issuer', {
    observed: shown(iss),
    expected: issuers.join(', '),
    hint: `The logout token names the issuer ${shown(iss)}; its client is registered at ${issuers.join(', ')}.`,
  });
}
