import type { PlaceOf } from '../vendor-fault.ts';

const PLACES: Readonly<Record<string, string>> = {
  discoveryUri: 'properties.discoveryUri',
  implicitFlow: 'properties.implicitFlowSupport',
  refreshTokenLifetime: 'properties.maxRefreshTokenLifetime',
  clientId: 'credentials',
  clientSecret: 'credentials',
  description: 'notes',
};

/** Where in an integration's configuration a fault of our setting is. */
export const configPlace: PlaceOf = (path) => PLACES[path] ?? path;
