import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { RegisteredClient } from '../identity-provider/client-registry.ts';
import { OAuthError } from './answers.ts';
import { addressOf, type IssuerState } from './issuer-state.ts';
import type { ClientMethod } from './module.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Who calls the token endpoint (RFC 6749 §2.3, RFC 7523 §2.2). Throws `invalid_client`. */
export async function authenticateClient(
  state: IssuerState,
  request: IncomingMessage,
  fields: URLSearchParams,
): Promise<RegisteredClient> {
  const shown = credentialsOf(request, fields);
  const allowed = state.module.behaviour.clientMethods;
  if (allowed && !allowed.includes(shown.method))
    throw refused(`${shown.method} is not taken; ${allowed.join(', ')} is`);
  const client = state.clients.get(shown.clientId);
  if (!client) throw refused('there is no such client');
  if (shown.method !== methodOf(client, shown.method))
    throw refused(`the client is not registered for ${shown.method}`);
  if (shown.method === 'private_key_jwt') await checkAssertion(state, client, shown.proof);
  else if (!isEqual(shown.proof, client.clientSecret ?? '')) throw refused('the secret is wrong');
  return client;
}

interface Credentials {
  method: ClientMethod;
  clientId: string;
  /** The secret or the assertion. */
  proof: string;
}

function credentialsOf(request: IncomingMessage, fields: URLSearchParams): Credentials {
  const { authorization } = request.headers;
  const found: Credentials[] = [];
  if (authorization !== undefined) found.push(readBasic(authorization));
  const clientId = fields.get('client_id') ?? '';
  const secret = fields.get('client_secret');
  if (secret !== null) found.push({ method: 'client_secret_post', clientId, proof: secret });
  const assertion = fields.get('client_assertion');
  if (assertion !== null) {
    if (fields.get('client_assertion_type') !== ASSERTION_TYPE)
      throw refused('the assertion is of an unknown type');
    found.push({ method: 'private_key_jwt', clientId, proof: assertion });
  }
  const [only, second] = found;
  if (second) throw new OAuthError('invalid_request', 'the client authenticates in two ways');
  return only ?? { method: 'none', clientId, proof: '' };
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are joined. */
function readBasic(authorization: string): Credentials {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
  const joined = Buffer.from(encoded ?? '', 'base64').toString();
  const colon = joined.indexOf(':');
  if (colon < 0) throw refused('the Authorization header is not Basic');
  const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
  try {
    const clientId = decode(joined.slice(0, colon));
    return { method: 'client_secret_basic', clientId, proof: decode(joined.slice(colon + 1)) };
  } catch {
    throw refused('id and secret are not form-encoded');
  }
}

/** What the client is registered for; with a secret, either way of sending it. */
function methodOf({ jwks, clientSecret }: RegisteredClient, shown: ClientMethod): ClientMethod {
  if (jwks) return 'private_key_jwt';
  if (clientSecret === undefined) return 'none';
  return shown === 'client_secret_post' ? shown : 'client_secret_basic';
}

async function checkAssertion(
  state: IssuerState,
  { clientId, jwks }: RegisteredClient,
  assertion: string,
): Promise<void> {
  try {
    const keys = createLocalJWKSet({
      keys: jwks?.keys.map((key) => ({ ...key, kty: 'RSA' })) ?? [],
    });
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms: ['RS256'],
      issuer: clientId,
      subject: clientId,
      audience: [state.issuer, addressOf(state, 'token')],
      requiredClaims: ['exp', 'jti'],
    });
    const id = String(payload.jti);
    if (state.assertionIds.has(id)) throw refused('the assertion was used before');
    state.assertionIds.add(id);
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause;
    throw refused(`the assertion is not accepted: ${cause instanceof Error ? cause.message : ''}`);
  }
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const refused = (why: string): OAuthError => new OAuthError('invalid_client', why, 401);
