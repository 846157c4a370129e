import type { OpenIdConnectSetting } from '../setting.ts';
import { clientAssertion, readPrivateKey } from './client-assertion.ts';
import type { ProviderMetadata } from './provider-metadata.ts';

export type ClientMethod = Exclude<OpenIdConnectSetting['clientAuthentication'], 'auto'> | 'none';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * How the client proves itself at the token endpoint. `auto`: of what the setting has, the first that
 * the provider takes, and without a word of it `client_secret_basic` (Discovery §3); a private key
 * proves without giving anything away, so it comes first. With neither, a public client.
 */
export function clientMethod(
  { clientAuthentication, clientSecret, privateKey }: OpenIdConnectSetting,
  { authMethods }: Pick<ProviderMetadata, 'authMethods'>,
): ClientMethod {
  if (clientAuthentication !== 'auto') return clientAuthentication;
  const possible: ClientMethod[] = [];
  if (privateKey !== null) possible.push('private_key_jwt');
  if (clientSecret !== null) possible.push('client_secret_basic', 'client_secret_post');
  if (possible.length === 0) return 'none';
  const taken = possible.find((method) => authMethods.includes(method));
  return taken ?? (clientSecret === null ? 'private_key_jwt' : 'client_secret_basic');
}

/** Adds the proof to a request; or says what the setting lacks for it. */
export async function authenticateClient(
  request: { headers: Headers; body: URLSearchParams },
  setting: OpenIdConnectSetting,
  metadata: Pick<ProviderMetadata, 'issuer' | 'authMethods'>,
  nowMs: number,
): Promise<{ problem: string } | null> {
  const method = clientMethod(setting, metadata);
  if (method === 'private_key_jwt') return signAssertion(request.body, setting, metadata, nowMs);
  const { ClientSecretBasic, ClientSecretPost, None } = await import('openid-client');
  const { clientId, clientSecret } = setting;
  if (method !== 'none' && clientSecret === null)
    return { problem: `\`clientAuthentication\` is ${method} and there is no \`clientSecret\`` };
  const authenticate =
    method === 'client_secret_basic'
      ? ClientSecretBasic(clientSecret ?? '')
      : method === 'client_secret_post'
        ? ClientSecretPost(clientSecret ?? '')
        : None();
  const client = { client_id: clientId };
  authenticate({ issuer: metadata.issuer }, client, request.body, request.headers);
  return null;
}

function signAssertion(
  body: URLSearchParams,
  { clientId, privateKey, privateKeyId }: OpenIdConnectSetting,
  { issuer }: Pick<ProviderMetadata, 'issuer'>,
  nowMs: number,
): { problem: string } | null {
  if (privateKey === null)
    return { problem: '`clientAuthentication` is private_key_jwt and there is no `privateKey`' };
  const key = readPrivateKey(privateKey);
  if ('problem' in key) return { problem: `\`privateKey\` cannot be used: ${key.problem}` };
  body.set('client_id', clientId);
  body.set('client_assertion_type', ASSERTION_TYPE);
  const claims = { clientId, audience: issuer, keyId: privateKeyId, nowMs };
  body.set('client_assertion', clientAssertion(key, claims));
  return null;
}
