import type { JsonObject } from './strict-json.ts';

/** The claims every proven identity stands on. */
export interface ProvenClaims {
  issuer: string;
  subject: string;
  /** Seconds since the epoch. */
  expiry: number;
}

/** Reads what the checks have vouched for; throws if a check was left out, so that none can be. */
export function provenClaims({ iss, sub, exp }: JsonObject): ProvenClaims {
  if (typeof iss !== 'string' || typeof sub !== 'string' || typeof exp !== 'number')
    throw new Error('an identity was built from unchecked claims');
  return { issuer: iss, subject: sub, expiry: exp };
}
