import { publicKeyArray } from '../keys/key-formats.ts';
import { type KeyRing, type KeyRotation, keyRing } from '../keys/key-ring.ts';
import { type Hit, startKeyServer } from '../keys/key-server.ts';
import { type SigningKey, signToken } from '../keys/signing-key.ts';
import type { Reply } from '../site/reply.ts';

/** How a site publishes the keys of its tokens (spec/omnichannel-chat.md §1.2; RFC 7517 §5). */
export type KeyFormat = 'pem' | 'array' | 'jwks';

export interface TokenIssuer {
  /** `iss` of its tokens. */
  issuer: string;
  /** Its public key URL, in each form. */
  keyUrls: Readonly<Record<KeyFormat, string>>;
  /** `host:port`. */
  host: string;
  rotate: KeyRotation;
  readonly signing: SigningKey;
  /** Every request for keys so far. */
  hits: readonly Hit[];
  /**
   * A customer's token, good for `lifetimeSeconds` (default 900) from now. A site with the `pem` form
   * names no key. `key`: signed with it instead, as by somebody who has kept it.
   */
  token(
    subject: string,
    options?: {
      claims?: Record<string, unknown>;
      lifetimeSeconds?: number;
      key?: SigningKey;
      namesKey?: boolean;
      nowMs?: number;
    },
  ): string;
  close(): Promise<void>;
}

const ARRAY_LIFETIME_SECONDS = 365 * 24 * 60 * 60;

/** Starts a site that signs customer tokens and publishes the keys, for drills of their rotation. */
export async function startTokenIssuer(
  options: { issuer?: string; port?: number } = {},
): Promise<TokenIssuer> {
  const issuer = options.issuer ?? 'tokens.fjellfern.example';
  const keys = await keyRing('customer');
  const server = await startKeyServer({
    ...(options.port === undefined ? {} : { port: options.port }),
    respond: ({ path }) => keyReply(keys, path),
  });
  return {
    issuer,
    keyUrls: {
      pem: `${server.url}/pem`,
      array: `${server.url}/array`,
      jwks: `${server.url}/jwks`,
    },
    host: new URL(server.url).host,
    rotate: keys.rotate,
    get signing() {
      return keys.signing;
    },
    hits: server.hits,
    token(subject, { claims, lifetimeSeconds = 900, key, namesKey = true, nowMs } = {}) {
      const issuedAt = Math.floor((nowMs ?? Date.now()) / 1000);
      const own = { iss: issuer, sub: subject, iat: issuedAt, exp: issuedAt + lifetimeSeconds };
      const header = namesKey ? {} : { kid: undefined };
      return signToken(key ?? keys.signing, { ...own, ...claims }, header);
    },
    close: server.close,
  };
}

function keyReply(keys: KeyRing, path: string): Reply {
  switch (path) {
    case '/array': {
      const expiry = Math.floor(Date.now() / 1000) + ARRAY_LIFETIME_SECONDS;
      return json(publicKeyArray(keys.published.map((key) => ({ key, expiry }))));
    }
    case '/jwks':
      return json({ keys: keys.published.map(({ jwk }) => jwk) });
    case '/pem':
      return pem(keys);
    default:
      return { kind: 'body', status: 404, body: 'nothing here' };
  }
}

/** This form has room for one key: the one that signs. */
function pem({ published, signing }: KeyRing): Reply {
  const headers = { 'content-type': 'application/x-pem-file' };
  const body = published.includes(signing) ? signing.publicKeyPem : '';
  return { kind: 'body', body, headers };
}

function json(value: unknown): Reply {
  return {
    kind: 'body',
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json' },
  };
}
