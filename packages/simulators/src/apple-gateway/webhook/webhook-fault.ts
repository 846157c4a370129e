/**
 * What can be wrong with a webhook call (§17.3), and the status the provider has to answer with
 * (§3.3). Whatever the status is, nothing may come of it.
 */
export const webhookFaults = {
  'no-token': { status: 401 },
  'token-not-bearer': { status: 401 },
  'token-of-two-parts': { status: 403 },
  /** `alg: none`, with an empty signature. */
  'token-alg-none': { status: 403 },
  /** `alg: HS384` over a right HS256 signature. */
  'token-alg-hs384': { status: 403 },
  'secret-of-another-msp': { status: 403 },
  /** Signed with the text of the secret instead of its bytes. */
  'secret-not-decoded': { status: 403 },
  'audience-of-another-msp': { status: 403 },
  /** `iss` instead of `aud`: a token of the other direction, sent back. */
  'issuer-instead-of-audience': { status: 403 },
  'stale-iat': { status: 403 },
  'future-iat': { status: 403 },
  'no-iat': { status: 403 },
  /** A valid token of this MSP, the address of a business of another. */
  'destination-of-another-msp': { status: 403 },
  'unknown-destination': { status: 404 },
  'id-differs': { status: 400 },
  'source-differs': { status: 400 },
  'destination-differs': { status: 400 },
  'no-id-in-body': { status: 400 },
  'not-gzip': { status: 400 },
  /** gzip of something that is not JSON. */
  'not-json': { status: 400 },
  /** Few bytes that inflate to 64 MiB. */
  'gzip-bomb': { status: 413 },
  /** Over 1 MiB that do not compress. */
  'over-limit': { status: 413 },
  'unknown-type': { status: 200 },
} as const satisfies Record<string, { status: number }>;

export type WebhookFault = keyof typeof webhookFaults;
