import { type SigningKey, signToken } from '../keys/signing-key.ts';
import type { Customer } from './sessions.ts';

/** In what way the proofs of a session are odd, so that refusals and renewals can be seen. */
export const TOKEN_VARIANTS = {
  right: 'The token is right',
  brief: 'The token is good for 30 seconds',
  expired: 'The token is expired',
  'clock-ahead': 'The shop’s clock is 5 minutes ahead',
  'wrong-issuer': 'The token names another issuer',
  'other-key': 'Signed with another key',
  'unknown-key-id': 'Signed with a key the shop does not publish',
  none: 'The shop gives no token',
  slow: 'The page answers after 11 seconds',
  'function-missing': 'The page lacks the client function',
} as const;
export type TokenVariant = keyof typeof TOKEN_VARIANTS;

export function isTokenVariant(text: string | null): text is TokenVariant {
  return text !== null && Object.hasOwn(TOKEN_VARIANTS, text);
}

export const TOKEN_LIFETIME_SECONDS = 15 * 60;
const BRIEF_SECONDS = 30;
const CLOCK_AHEAD_SECONDS = 5 * 60;

export interface TokenKeys {
  published: SigningKey;
  /** Nobody publishes it. */
  other: SigningKey;
}

/** What the shop's tokens have in common. */
export interface TokenTerms {
  issuer: string;
  lifetimeSeconds: number;
}

export function lifetimeSeconds({ variant }: Customer, terms: TokenTerms): number {
  return variant === 'brief' ? BRIEF_SECONDS : terms.lifetimeSeconds;
}

/** The claims of spec/omnichannel-chat.md §1.3. Context values are strings, as in its samples. */
export function tokenClaims(
  customer: Customer,
  terms: TokenTerms,
  nowSeconds: number,
): Record<string, unknown> {
  const lifetime = lifetimeSeconds(customer, terms);
  const issuedAt = nowSeconds + clockError(customer, lifetime);
  return {
    iss: customer.variant === 'wrong-issuer' ? `other.${terms.issuer}` : terms.issuer,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + lifetime,
    sub: customer.number,
    given_name: customer.givenName,
    family_name: customer.familyName,
    email: customer.email,
    lwicontexts: JSON.stringify({
      msdyn_cartvalue: String(customer.cartValue),
      msdyn_isvip: String(customer.isVip),
    }),
  };
}

function clockError({ variant }: Customer, lifetime: number): number {
  if (variant === 'clock-ahead') return CLOCK_AHEAD_SECONDS;
  // Past the clock tolerance too, however short the lifetime
  return variant === 'expired' ? -2 * Math.max(lifetime, TOKEN_LIFETIME_SECONDS) : 0;
}

/** The token of a signed-in customer; `null` when this session is to get none. */
export function siteToken(
  keys: TokenKeys,
  customer: Customer,
  claims: Record<string, unknown>,
): string | null {
  switch (customer.variant) {
    case 'none':
      return null;
    case 'other-key':
      return signToken({ ...keys.other, kid: keys.published.kid }, claims);
    case 'unknown-key-id':
      return signToken(keys.other, claims);
    default:
      return signToken(keys.published, claims);
  }
}
