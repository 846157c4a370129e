import type { Deployment } from './objects.ts';

/**
 * Whether a client at this `Origin` may use the deployment (Guest API §2.1). Scheme and port do not
 * count, as in the vendor's own browser client. The node's own origin is always right: the panel
 * lives there, and where the panel may be embedded `frame-ancestors` decides.
 */
export function isOriginAllowed(
  deployment: Pick<Deployment, 'allowAllDomains' | 'allowedDomains'>,
  origin: string | undefined,
  publicUrl: string,
): boolean {
  if (deployment.allowAllDomains) return true;
  if (origin === undefined) return false;
  const own = new URL(publicUrl);
  if (origin === own.origin) return true;
  const isBareHost = !origin.includes('://');
  const host = hostOf(origin);
  if (host === null) return false;
  // Mobile apps send the host that they connect to; a browser cannot send an origin without a scheme
  if (isBareHost && isOwnHost(host, own.hostname)) return true;
  return deployment.allowedDomains.some((domain) => isWithin(host, domain.toLowerCase()));
}

/** The host name of an origin, or of the bare host that mobile and Java clients send. */
function hostOf(origin: string): string | null {
  if (origin.includes('://')) return URL.parse(origin)?.hostname ?? null;
  const [, host] = BARE_HOST.exec(origin) ?? [];
  return origin === 'null' ? null : (host?.toLowerCase() ?? null);
}

const BARE_HOST = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/i;

const isOwnHost = (host: string, own: string): boolean =>
  host === own || host === `webmessaging.${own}` || host === `api.${own}`;

const isWithin = (host: string, domain: string): boolean =>
  host === domain || host.endsWith(`.${domain}`);
