import type { FastifyRequest } from 'fastify';
import { type Configuration, type Deployment, isOriginAllowed } from '../../configuration/index.ts';
import type { Sightings } from '../../sightings/index.ts';

export interface SightingParts {
  configuration: Pick<Configuration, 'current'>;
  sightings: Pick<Sightings, 'saw'>;
  publicUrl: string;
}

/** A site has asked for this deployment's messenger. */
export function noteMessenger(
  { sightings, publicUrl }: SightingParts,
  request: FastifyRequest,
  deployment: Deployment | undefined,
): void {
  const site = siteOf(request, publicUrl);
  if (site === null || !deployment || !isSite(deployment, site, publicUrl)) return;
  sightings.saw(deployment.id, site, 'messenger');
}

/** The loader does not say for which deployment it is: it may be each whose list names this site. */
export function noteLoader(
  { configuration, sightings, publicUrl }: SightingParts,
  request: FastifyRequest,
): void {
  const site = siteOf(request, publicUrl);
  if (site === null) return;
  for (const deployment of configuration.current().deployments.values()) {
    const isNamed = !deployment.allowAllDomains && isSite(deployment, site, publicUrl);
    if (isNamed) sightings.saw(deployment.id, site, 'loader');
  }
}

const isSite = (deployment: Deployment, site: string, publicUrl: string): boolean =>
  deployment.status === 'Active' && isOriginAllowed(deployment, site, publicUrl);

const LONGEST_ORIGIN = 300;

/** The origin of the page behind a request, as its browser says; null: unsaid, or the node itself. */
function siteOf({ headers }: FastifyRequest, publicUrl: string): string | null {
  const { origin, referer } = headers;
  const page = URL.parse(origin ?? referer ?? '');
  if (page === null || !/^https?:$/.test(page.protocol)) return null;
  if (page.origin === new URL(publicUrl).origin) return null;
  return page.origin.length <= LONGEST_ORIGIN ? page.origin : null;
}
