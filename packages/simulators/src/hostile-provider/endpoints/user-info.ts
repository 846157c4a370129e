import type { IncomingMessage, ServerResponse } from 'node:http';
import { claimsByScope, claimsOf } from '../../identity-provider/claims.ts';
import { signToken } from '../../keys/signing-key.ts';
import { readFields } from '../../site/request.ts';
import { sendJson } from '../answers.ts';
import type { IssuerState, SignIn } from '../issuer-state.ts';
import type { Claims } from '../module.ts';

/** OpenID Connect Core §5.3, by GET or POST. */
export async function answerUserInfoRequest(
  state: IssuerState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { behaviour } = state.module;
  const signIn = state.accessTokens.get((await bearerOf(state, request)) ?? '');
  if (!signIn || signIn.expiresAt <= Date.now()) {
    const challenge = { 'www-authenticate': 'Bearer error="invalid_token"' };
    return sendJson(response, 401, { error: 'invalid_token' }, challenge);
  }
  const claims = claimsFor(state, signIn);
  const changed = behaviour.userInfo?.(claims, state.issuer) ?? claims;
  if (!behaviour.signsUserInfo) return sendJson(response, 200, changed);
  const body = { ...changed, iss: state.issuer, aud: signIn.clientId };
  response
    .writeHead(200, { 'content-type': 'application/jwt', 'cache-control': 'no-store' })
    .end(signToken(state.keys.signing, body));
}

/** RFC 6750 §2.1, §2.2. */
async function bearerOf(
  { module }: IssuerState,
  request: IncomingMessage,
): Promise<string | undefined | null> {
  const { takesBearerIn } = module.behaviour;
  const [, inHeader] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const inBody = request.method === 'POST' ? (await readFields(request)).get('access_token') : null;
  if (takesBearerIn === 'header') return inHeader;
  return takesBearerIn === 'body' ? inBody : (inHeader ?? inBody);
}

/** The claims that the scopes ask for (Core §5.4), and the subject. */
function claimsFor({ people }: IssuerState, { subject, scope }: SignIn): Claims {
  const person = people.find(({ id }) => id === subject);
  if (!person) return { sub: subject };
  const asked = new Set<string>(scope.split(' ').flatMap((name) => scopedClaims(name)));
  return Object.fromEntries(
    Object.entries(claimsOf(person)).filter(([name]) => name === 'sub' || asked.has(name)),
  );
}

function scopedClaims(scope: string): readonly string[] {
  const known: Readonly<Record<string, readonly string[]>> = claimsByScope;
  return Object.hasOwn(known, scope) ? (known[scope] ?? []) : [];
}
