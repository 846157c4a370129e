import { createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto';

/** Seconds: it is used within one request. */
const LIFETIME = 60;
const MIN_BITS = 2048;

/** What the client signs with, or what is wrong with the setting's text. */
export function readPrivateKey(pem: string): KeyObject | { problem: string } {
  if (!/^\s*-----BEGIN (?:RSA )?PRIVATE KEY-----/.test(pem))
    return { problem: 'it must begin with the line -----BEGIN PRIVATE KEY-----' };
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return { problem: 'the PEM cannot be parsed; a character or a line is missing or changed' };
  }
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== 'rsa')
    return { problem: `it is a key of the kind ${key.asymmetricKeyType}; RS256 needs RSA` };
  if (modulusLength < MIN_BITS)
    return { problem: `it has ${modulusLength} bits, fewer than ${MIN_BITS}` };
  return key;
}

/** What is wrong with a setting's `privateKey`, in words for administrators, or null. */
export function privateKeyProblem(pem: string): string | null {
  const key = readPrivateKey(pem);
  return 'problem' in key ? key.problem : null;
}

/**
 * RFC 7523 §3: the client's own signed statement. Its audience is the issuer alone, so that no other
 * provider can use it (draft-ietf-oauth-rfc7523bis §4).
 */
export function clientAssertion(
  key: KeyObject,
  claims: { clientId: string; audience: string; keyId: string | null; nowMs: number },
): string {
  const header = {
    alg: 'RS256',
    typ: 'JWT',
    ...(claims.keyId === null ? {} : { kid: claims.keyId }),
  };
  const now = Math.floor(claims.nowMs / 1000);
  const payload = {
    iss: claims.clientId,
    sub: claims.clientId,
    aud: claims.audience,
    jti: randomUUID(),
    iat: now,
    exp: now + LIFETIME,
  };
  const input = [header, payload].map(segment).join('.');
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), key).toString('base64url')}`;
}

const segment = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
