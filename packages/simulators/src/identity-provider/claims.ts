import { fullName, type Person } from '../people.ts';

/**
 * What an ID token and UserInfo say of a person (OpenID Connect Core §5.1). The two `msdyn_` claims
 * are strings, as the same facts are in a site-signed token.
 */
export function claimsOf(person: Person): Record<string, string | boolean> & { sub: string } {
  return {
    sub: person.id,
    name: fullName(person),
    given_name: person.givenName,
    family_name: person.familyName,
    locale: person.locale,
    email: person.email,
    email_verified: person.emailVerified ?? true,
    msdyn_isvip: String(person.isVip),
    msdyn_cartvalue: String(person.cartValue),
  };
}

/** Which scope asks for which claim. */
export const claimsByScope = {
  openid: ['sub'],
  profile: ['name', 'given_name', 'family_name', 'locale', 'msdyn_isvip', 'msdyn_cartvalue'],
  email: ['email', 'email_verified'],
};
