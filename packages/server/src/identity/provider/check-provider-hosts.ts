import type { CheckLog, Refusal } from '../check-log.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { shown } from '../shown.ts';
import type { ProviderMetadata } from './provider-metadata.ts';

type HostSetting = Pick<OpenIdConnectSetting, 'discoveryUri' | 'providerHosts' | 'userInfo'>;

/**
 * A discovery document does not send us wherever it likes (row T30): each endpoint that is used is on
 * the host of the discovery URI or on one that the setting names. The metadata is shared by all settings
 * with that URI and the list is this setting's, so it is held against it at every use. Ports are for the
 * provider to choose; private addresses and plain http are for `outbound` to refuse.
 */
export function checkProviderHosts(
  setting: HostSetting,
  metadata: ProviderMetadata,
  log: CheckLog,
): Refusal | null {
  const allowed = new Set([hostOf(setting.discoveryUri), ...setting.providerHosts.map(lowerCase)]);
  const foreign = usedEndpoints(setting, metadata).filter(([, url]) => !allowed.has(hostOf(url)));
  if (foreign.length === 0) return null;
  const listed = foreign.map(([name, url]) => `${name} on ${shown(hostOf(url) || url)}`).join(', ');
  const hosts = [...new Set(foreign.map(([, url]) => shown(hostOf(url) || url)))].join(', ');
  return log.refuse('provider hosts', 'issuer', {
    observed: listed,
    expected: [...allowed].join(', '),
    hint: `The discovery document names ${listed}, which the setting does not allow: if that is the provider's, add ${hosts} to \`providerHosts\`.`,
  });
}

function usedEndpoints(
  { userInfo }: HostSetting,
  { tokenEndpoint, jwksUri, userinfoEndpoint }: ProviderMetadata,
): [name: string, url: string][] {
  const always: [string, string][] = [
    ['token_endpoint', tokenEndpoint],
    ['jwks_uri', jwksUri],
  ];
  if (!userInfo || userinfoEndpoint === null) return always;
  return [...always, ['userinfo_endpoint', userinfoEndpoint]];
}

/** Empty for what is no URL, which no list holds. */
const hostOf = (url: string): string => URL.parse(url)?.hostname ?? '';
const lowerCase = (host: string): string => host.toLowerCase();
