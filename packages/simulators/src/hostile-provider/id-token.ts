import { createHash } from 'node:crypto';
import type { RegisteredClient } from '../identity-provider/client-registry.ts';
import { signToken } from '../keys/signing-key.ts';
import { type IssuerState, nowSeconds, type SignIn } from './issuer-state.ts';
import type { Claims } from './module.ts';

const LIFETIME_SECONDS = 60 * 60;

/** The ID token of a sign-in (Core §2), or of its renewal (§12.2), as the module has it. */
export async function makeIdToken(
  state: IssuerState,
  signIn: SignIn,
  options: { accessToken: string | null; isRefreshed: boolean },
): Promise<string> {
  const { behaviour } = state.module;
  await behaviour.beforeSigning?.(state.keys);
  const claims = claimsOf(state, signIn, options.accessToken);
  const change = options.isRefreshed ? behaviour.refreshedIdToken : behaviour.idToken;
  const changed = change?.(claims) ?? claims;
  const by = { ring: state.keys, client: clientOf(state, signIn.clientId), typ: 'JWT' } as const;
  const sign = options.isRefreshed ? undefined : behaviour.signIdToken;
  return sign ? sign(changed, by) : signToken(state.keys.signing, changed);
}

function claimsOf({ issuer }: IssuerState, signIn: SignIn, accessToken: string | null): Claims {
  const issuedAt = nowSeconds();
  return {
    iss: issuer,
    sub: signIn.subject,
    aud: signIn.clientId,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    auth_time: signIn.authTime,
    sid: signIn.sid,
    ...(signIn.nonce === null ? {} : { nonce: signIn.nonce }),
    ...(accessToken === null ? {} : { at_hash: halfHash(accessToken) }),
  };
}

/** The left half of the hash (Core §3.1.3.6). */
function halfHash(value: string): string {
  return createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url');
}

export function clientOf(state: IssuerState, clientId: string): RegisteredClient {
  const client = state.clients.get(clientId);
  if (!client) throw new Error(`the hostile provider knows no client "${clientId}"`);
  return client;
}
