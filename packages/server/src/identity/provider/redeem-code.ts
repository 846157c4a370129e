import type { ClientAuth } from 'openid-client';
import type { Outbound } from '../../platform/index.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { isObject, type JsonObject } from '../strict-json.ts';
import type { ProviderMetadata } from './provider-metadata.ts';

export interface CodeToRedeem {
  code: string;
  redirectUri: string;
  codeVerifier: string | null;
}

/** The provider's answer to a code. `unavailable`: none that can be understood. */
export type Redeemed =
  | {
      outcome: 'tokens';
      idToken: string | null;
      accessToken: string | null;
      expiresIn: number | null;
    }
  | { outcome: 'refused'; status: number; error: string; description: string | null }
  | { outcome: 'unavailable'; why: string };

/**
 * Exchanges an authorization code (RFC 6749 §4.1.3, RFC 7636 §4.5). The request is written here, not
 * left to the library's grant, because that would also judge the ID token and tell less of why.
 * Throws what `outbound` throws.
 */
export async function redeemCode(
  grant: CodeToRedeem,
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
  deps: { outbound: Outbound; signal: AbortSignal },
): Promise<Redeemed> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: grant.code,
    redirect_uri: grant.redirectUri,
  });
  if (grant.codeVerifier !== null) body.set('code_verifier', grant.codeVerifier);
  const headers = new Headers({ accept: 'application/json' });
  headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  const client = { client_id: setting.clientId };
  const authenticate = await authenticationOf(setting, metadata);
  authenticate({ issuer: metadata.issuer }, client, body, headers);
  const request = { method: 'POST', headers, body: body.toString(), redirect: 'manual' } as const;
  const answer = await deps.outbound.fetch(metadata.tokenEndpoint, {
    ...request,
    signal: deps.signal,
  });
  return readAnswer(answer.status, await answer.text());
}

/** RFC 6749 §2.3.1, by what the provider says it takes; without a secret, a public client. */
async function authenticationOf(
  { clientSecret }: OpenIdConnectSetting,
  { authMethods }: ProviderMetadata,
): Promise<ClientAuth> {
  const { ClientSecretBasic, ClientSecretPost, None } = await import('openid-client');
  if (clientSecret === null) return None();
  const post =
    !authMethods.includes('client_secret_basic') && authMethods.includes('client_secret_post');
  return post ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret);
}

function readAnswer(status: number, text: string): Redeemed {
  const answer = parseObject(text);
  if (status >= 400 && status < 500 && answer !== null && typeof answer.error === 'string')
    return {
      outcome: 'refused',
      status,
      error: answer.error,
      description: stringOf(answer.error_description),
    };
  if (status !== 200) return { outcome: 'unavailable', why: `HTTP ${status}` };
  if (answer === null) return { outcome: 'unavailable', why: 'its answer is not a JSON object' };
  const expiresIn = Number(answer.expires_in ?? Number.NaN);
  return {
    outcome: 'tokens',
    idToken: stringOf(answer.id_token),
    accessToken: stringOf(answer.access_token),
    expiresIn: expiresIn > 0 && Number.isFinite(expiresIn) ? expiresIn : null,
  };
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
