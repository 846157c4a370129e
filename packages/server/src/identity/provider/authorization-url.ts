import { Fault } from '../../platform/index.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { discoveryProblem, type ReadMetadata } from './provider-metadata.ts';

/** Of a sign-in that a browser is sent to the provider for (OpenID Connect Core §3.1.2.1). */
export interface AuthorizationRequest {
  redirectUri: string;
  state: string;
  nonce: string;
  /** S256 (RFC 7636 §4.3). */
  codeChallenge: string;
  /** `login`: the provider asks again. */
  prompt?: string;
}

const SCOPE = 'openid profile email';

/** Where a browser signs in by this setting. Fault `provider_unavailable` 502. */
export async function authorizationUrl(
  { discoveryUri, clientId }: OpenIdConnectSetting,
  request: AuthorizationRequest,
  readMetadata: ReadMetadata,
): Promise<string> {
  const { authorizationEndpoint } = await readMetadata(discoveryUri).catch((cause: unknown) => {
    throw unavailable(`${discoveryUri}: ${discoveryProblem(cause)}.`, cause);
  });
  const url = URL.parse(authorizationEndpoint ?? '');
  // A browser is sent there from a page of ours: a scheme that runs as a script must not come from outside
  const mayBePlain = url?.protocol === 'http:' && new URL(discoveryUri).protocol === 'http:';
  if (url === null || !(url.protocol === 'https:' || mayBePlain))
    throw unavailable('The discovery document has no authorization_endpoint that can be used.');
  const { redirectUri, state, nonce, codeChallenge, prompt } = request;
  const query = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SCOPE,
    state,
    nonce,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    ...(prompt !== undefined && { prompt }),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

const unavailable = (message: string, cause?: unknown): Fault =>
  new Fault('provider_unavailable', 502, message, { cause });
