import type { CheckLog, Refusal } from '../check-log.ts';
import { difference } from '../checks/check-issuer.ts';
import { fetchProblem } from '../fetch-problem.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { shown } from '../shown.ts';
import { checkProviderHosts } from './check-provider-hosts.ts';
import { IssuerMismatch, type ProviderMetadata, type ReadMetadata } from './provider-metadata.ts';

/** The provider's metadata, with an issuer that owns its URL and endpoints on hosts it may name. */
export async function discover(
  setting: OpenIdConnectSetting,
  readMetadata: ReadMetadata,
  log: CheckLog,
): Promise<ProviderMetadata | Refusal> {
  const { discoveryUri } = setting;
  try {
    const metadata = await readMetadata(discoveryUri);
    log.pass('discovery', metadata.issuer, discoveryUri);
    return checkProviderHosts(setting, metadata, log) ?? metadata;
  } catch (error) {
    return refuseDiscovery(discoveryUri, error, log);
  }
}

export function refuseDiscovery(discoveryUri: string, error: unknown, log: CheckLog): Refusal {
  if (error instanceof IssuerMismatch)
    return log.refuse('discovery', 'issuer', {
      observed: shown(error.observed),
      expected: error.expected,
      hint: mismatchHint(discoveryUri, error),
    });
  const why = fetchProblem(error);
  return log.refuse('discovery', 'provider_unavailable', {
    observed: why,
    expected: `the discovery document at ${discoveryUri}`,
    hint: `The provider's discovery document at ${discoveryUri} could not be read: ${why}.`,
  });
}

function mismatchHint(discoveryUri: string, { observed, expected }: IssuerMismatch): string {
  const says = `The discovery document at ${discoveryUri} names the issuer ${shown(observed)}`;
  // As Microsoft Entra's document for all tenants does.
  if (/[{}]/.test(observed))
    return `${says}, a pattern for many tenants; use the discovery URI of your own tenant.`;
  return `${says}${difference(observed, expected)}; use the discovery URI of that issuer.`;
}
