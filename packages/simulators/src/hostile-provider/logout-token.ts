import { randomUUID } from 'node:crypto';
import { signToken } from '../keys/signing-key.ts';
import { clientOf } from './id-token.ts';
import { type IssuerState, nowSeconds } from './issuer-state.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** Whose sign-ins end: all of a person's, or those of one session of the provider. */
export interface LogoutTarget {
  clientId: string;
  subject?: string;
  sid?: string;
}

/** Back-Channel Logout 1.0 §2.4, as the module has it. */
export function makeLogoutToken(
  state: IssuerState,
  { clientId, subject, sid }: LogoutTarget,
): string {
  const { behaviour } = state.module;
  const issuedAt = nowSeconds();
  const claims = {
    iss: state.issuer,
    aud: clientId,
    iat: issuedAt,
    exp: issuedAt + 120,
    jti: randomUUID(),
    events: { [EVENT]: {} },
    ...(subject === undefined ? {} : { sub: subject }),
    ...(sid === undefined ? {} : { sid }),
  };
  const changed = behaviour.logoutToken?.(claims) ?? claims;
  const by = { ring: state.keys, client: clientOf(state, clientId), typ: 'logout+jwt' } as const;
  if (behaviour.signLogoutToken) return behaviour.signLogoutToken(changed, by);
  return signToken(state.keys.signing, changed, { typ: by.typ });
}

/** Posts it to where the client is registered for it (§2.5). */
export async function sendLogoutToken(
  state: IssuerState,
  target: LogoutTarget,
): Promise<{ status: number; logoutToken: string }> {
  const { backchannelLogoutUri } = clientOf(state, target.clientId);
  if (backchannelLogoutUri === undefined)
    throw new Error(`the client "${target.clientId}" has no backchannelLogoutUri`);
  const logoutToken = makeLogoutToken(state, target);
  const answer = await fetch(backchannelLogoutUri, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ logout_token: logoutToken }),
  });
  await answer.body?.cancel();
  return { status: answer.status, logoutToken };
}
