import { type SigningKey, signToken } from '../keys/signing-key.ts';
import type { Customer } from './sessions.ts';

/** In what way the tokens of a session are wrong, so that refusals can be seen. */
export const TOKEN_VARIANTS = {
  right: 'The token is right',
  expired: 'The token is expired',
  'other-key': 'Signed with another key',
  'unknown-key-id': 'Signed with a key the shop does not publish',
  none: 'The shop gives no token',
} as const;
export type TokenVariant = keyof typeof TOKEN_VARIANTS;

export function isTokenVariant(text: string | null): text is TokenVariant {
  return text !== null && Object.hasOwn(TOKEN_VARIANTS, text);
}

export const TOKEN_LIFETIME_SECONDS = 15 * 60;

export interface TokenKeys {
  published: SigningKey;
  /** Nobody publishes it. */
  other: SigningKey;
}

/** The claims of spec/omnichannel-chat.md §1.3. Context values are strings, as in its samples. */
export function tokenClaims(
  customer: Customer,
  issuer: string,
  nowSeconds: number,
): Record<string, unknown> {
  const age = customer.variant === 'expired' ? 2 * TOKEN_LIFETIME_SECONDS : 0;
  const issuedAt = nowSeconds - age;
  return {
    iss: issuer,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + TOKEN_LIFETIME_SECONDS,
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

/** The token of a signed-in customer; `null` when this session is to get none. */
export function siteToken(
  keys: TokenKeys,
  customer: Customer,
  claims: Record<string, unknown>,
): string | null {
  switch (customer.variant) {
    case 'right':
    case 'expired':
      return signToken(keys.published, claims);
    case 'other-key':
      return signToken({ ...keys.other, kid: keys.published.kid }, claims);
    case 'unknown-key-id':
      return signToken(keys.other, claims);
    case 'none':
      return null;
  }
}
