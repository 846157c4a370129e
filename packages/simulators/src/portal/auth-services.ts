import { randomUUID } from 'node:crypto';
import { publicKeyArray } from '../keys/key-formats.ts';
import { readFields } from '../site/request.ts';
import { lifetimeSeconds, siteToken, tokenClaims } from './site-token.ts';
import { PLAIN_HEADERS, sendJson, type Visit } from './visit.ts';

export const PUBLIC_KEY_PATH = '/_services/auth/publickey';

const KEY_LIFETIME_MS = 365 * 24 * 60 * 60 * 1000;
/** An optional `state` or `nonce` (spec/omnichannel-chat.md §1.5). */
const isShortName = (value: string | undefined): boolean => /^[\w-]{0,20}$/.test(value ?? '');

/** `GET /_services/auth/publickey`: bare PEM; `?format=array` and `?format=jwks` the same key otherwise. */
export function publishKey(visit: Visit): void {
  const { published } = visit.shop.keys;
  switch (visit.url.searchParams.get('format')) {
    case 'array': {
      const expiry = Math.floor((Date.now() + KEY_LIFETIME_MS) / 1000);
      return sendJson(visit, 200, publicKeyArray([{ key: published, expiry }]));
    }
    case 'jwks':
      return sendJson(visit, 200, { keys: [published.jwk] });
    default:
      visit.response
        .writeHead(200, { ...PLAIN_HEADERS, 'content-type': 'application/x-pem-file' })
        .end(published.publicKeyPem);
  }
}

/** `POST /_services/auth/token`: a token about the signed-in customer, as the body (§1.5). */
export async function issueToken(visit: Visit): Promise<void> {
  const { shop, request, response } = visit;
  const fields = await readFields(request);
  const customer = shop.sessions.find(request)?.customer;
  if (!customer) return refuse(visit, 401, 'not_signed_in', 'Nobody is signed in to the portal.');
  const { state, nonce } = Object.fromEntries(fields);
  if (!isShortName(state) || !isShortName(nonce)) {
    const message = 'state and nonce are 20 letters, digits and hyphens at most.';
    return refuse(visit, 400, 'invalid_parameter', message);
  }
  const claims = tokenClaims(customer, shop.tokenTerms, Math.floor(Date.now() / 1000));
  const token = siteToken(shop.keys, customer, nonce ? { ...claims, nonce } : claims);
  if (token === null) return refuse(visit, 403, 'no_token', 'The portal gives no token now.');
  response
    .writeHead(200, {
      ...PLAIN_HEADERS,
      'content-type': 'application/jwt',
      expires_in: String(lifetimeSeconds(customer, shop.tokenTerms)),
      ...(state ? { state } : {}),
    })
    .end(token);
}

function refuse(visit: Visit, status: number, code: string, message: string): void {
  sendJson(visit, status, {
    ErrorId: code,
    ErrorMessage: message,
    Timestamp: new Date().toISOString(),
    CorrelationId: randomUUID(),
  });
}
