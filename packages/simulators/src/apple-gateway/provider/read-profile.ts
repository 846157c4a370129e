import { claimsByScope, claimsOf } from '../../identity-provider/claims.ts';
import { findPerson } from '../../people.ts';
import type { ProviderRequest, ProviderState } from './provider-state.ts';

/**
 * The *decrypted token URL* (§10): claims for the granted scopes, for a token that this provider
 * issued, unexpired, as Bearer header and nowhere else. Undefined: the token is not accepted.
 */
export function readProfile(
  state: ProviderState,
  { method, headers }: ProviderRequest,
): Record<string, unknown> | undefined {
  const token = /^Bearer (\S+)$/i.exec(String(headers.authorization ?? ''))?.[1];
  const grant = state.accessTokens.get(token ?? '');
  const person = findPerson(state.people, grant?.subject ?? null);
  if (method !== 'GET' || !grant || !person || grant.expiresAt <= state.now()) return undefined;
  const names: string[] = Object.entries(claimsByScope)
    .filter(([scope]) => grant.scopes.includes(scope))
    .flatMap(([, claims]) => claims);
  const claims = Object.entries(claimsOf(person)).filter(([name]) => names.includes(name));
  return { sub: person.id, ...Object.fromEntries(claims) };
}
