import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFields } from '../../site/request.ts';
import { OAuthError, sendError, sendJson } from '../answers.ts';
import { authenticateClient } from '../client-authentication.ts';
import { makeIdToken } from '../id-token.ts';
import type { IssuerState, SignIn } from '../issuer-state.ts';

/** RFC 6749 §4.1.3 and §6; errors as in §5.2. */
export async function answerTokenRequest(
  state: IssuerState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    sendJson(response, 200, await tokensFor(state, request));
  } catch (cause) {
    if (!(cause instanceof OAuthError)) throw cause;
    sendError(response, cause);
  }
}

async function tokensFor(state: IssuerState, request: IncomingMessage): Promise<object> {
  if (request.method !== 'POST') throw new OAuthError('invalid_request', 'only POST', 405);
  const fields = await readFields(request);
  const { clientId } = await authenticateClient(state, request, fields);
  switch (fields.get('grant_type')) {
    case 'authorization_code':
      return issue(state, redeem(state, clientId, fields), { isRefreshed: false });
    case 'refresh_token':
      return issue(state, renew(state, clientId, fields), { isRefreshed: true });
    default:
      throw new OAuthError('unsupported_grant_type', 'authorization_code or refresh_token');
  }
}

/** A code works once, for its client, its redirect URI and its verifier. */
function redeem(state: IssuerState, clientId: string, fields: URLSearchParams): SignIn {
  const code = fields.get('code') ?? '';
  const issued = state.codes.get(code);
  state.codes.delete(code);
  if (!issued || issued.clientId !== clientId) throw refused('the code is unknown or was used');
  if (issued.redirectUri !== fields.get('redirect_uri')) throw refused('redirect_uri differs');
  const challenge = createHash('sha256').update(fields.get('code_verifier') ?? '');
  if (challenge.digest('base64url') !== issued.codeChallenge)
    throw refused('code_verifier does not match');
  return issued;
}

/** A refresh token works once; the answer has the next one. */
function renew(state: IssuerState, clientId: string, fields: URLSearchParams): SignIn {
  const token = fields.get('refresh_token') ?? '';
  const signIn = state.refreshTokens.get(token);
  if (!signIn || signIn.clientId !== clientId)
    throw refused('the refresh token is unknown or used');
  state.refreshTokens.delete(token);
  return signIn;
}

async function issue(
  state: IssuerState,
  signIn: SignIn,
  options: { isRefreshed: boolean },
): Promise<object> {
  const [accessToken, refreshToken] = [random(), random()];
  const expiresAt = Date.now() + state.accessTokenSeconds * 1000;
  state.accessTokens.set(accessToken, { ...signIn, expiresAt });
  state.refreshTokens.set(refreshToken, signIn);
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: state.accessTokenSeconds,
    refresh_token: refreshToken,
    scope: signIn.scope,
    id_token: await makeIdToken(state, signIn, { accessToken, ...options }),
  };
}

const refused = (why: string): OAuthError => new OAuthError('invalid_grant', why);
const random = (): string => randomBytes(24).toString('base64url');
