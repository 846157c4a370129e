import { OAuthError } from '../../hostile-provider/answers.ts';
import { base64Url, sha256, utf8 } from '../crypto/bytes.ts';
import { issueAccessToken, makeIdToken } from './issue-tokens.ts';
import type { IssuedCode, OAuthClient, ProviderRequest, ProviderState } from './provider-state.ts';

/**
 * The token endpoint (RFC 6749 §4.1.3; errors as in §5.2). Takes the parameters from the body, and
 * from the query, where devices before iOS 15 put them (§7.3).
 */
export async function redeemCode(
  state: ProviderState,
  { method, query, form, headers }: ProviderRequest,
  idTokenChanges: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  if (method !== 'POST') throw new OAuthError('invalid_request', 'only POST', 405);
  const fields = form.size > 0 ? form : query;
  const client = authenticate(state, String(headers.authorization ?? ''), fields);
  if (fields.get('grant_type') !== 'authorization_code')
    throw new OAuthError('unsupported_grant_type', 'authorization_code alone');
  const code = await takeCode(state, client, fields);
  const accessToken = issueAccessToken(state, code);
  code.accessToken = accessToken;
  const isOpenId = code.scopes.includes('openid');
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: state.accessTokenSeconds,
    scope: code.scopes.join(' '),
    ...(isOpenId ? { id_token: await makeIdToken(state, code, code.nonce, idTokenChanges) } : {}),
  };
}

/** The secret in the body or as HTTP Basic (RFC 6749 §2.3.1); not both. */
function authenticate(
  state: ProviderState,
  authorization: string,
  fields: URLSearchParams,
): OAuthClient {
  const basic = readBasic(authorization);
  if (basic && fields.has('client_secret'))
    throw new OAuthError('invalid_request', 'the secret came in two ways');
  const { id, secret } = basic ?? {
    id: fields.get('client_id') ?? '',
    secret: fields.get('client_secret') ?? undefined,
  };
  const client = state.clients.get(id);
  if (!client || client.clientSecret !== secret)
    throw new OAuthError('invalid_client', 'unknown client or wrong secret', 401);
  return client;
}

function readBasic(authorization: string): { id: string; secret: string } | undefined {
  const encoded = /^Basic (\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', secret = ''] = new TextDecoder()
    .decode(Uint8Array.fromBase64(encoded))
    .split(/:(.*)/s)
    .map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
  return { id, secret };
}

/** Once, in time, for its client, its redirect URI and its verifier (RFC 7636 §4.6). */
async function takeCode(
  state: ProviderState,
  client: OAuthClient,
  fields: URLSearchParams,
): Promise<IssuedCode> {
  const code = state.codes.get(fields.get('code') ?? '');
  if (!code || code.clientId !== client.clientId) throw refused('unknown code');
  if (code.accessToken !== undefined) {
    state.accessTokens.delete(code.accessToken);
    throw refused('the code was used before');
  }
  code.accessToken = '';
  if (code.expiresAt <= state.now()) throw refused('the code has expired');
  if (code.redirectUri !== fields.get('redirect_uri')) throw refused('redirect_uri differs');
  const verifier = fields.get('code_verifier');
  const challenge = verifier === null ? null : base64Url(await sha256(utf8(verifier)));
  if (challenge !== code.codeChallenge) throw refused('code_verifier does not match');
  return code;
}

const refused = (why: string): OAuthError => new OAuthError('invalid_grant', why);
