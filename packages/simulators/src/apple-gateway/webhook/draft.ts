import { gzipSync } from 'node:zlib';
import type { Business } from '../business.ts';
import { type Bytes, concat, utf8 } from '../crypto/bytes.ts';
import { type Claims, keyOfSecret, signToken } from '../crypto/json-web-token.ts';
import type { GatewayState } from '../gateway-state.ts';
import type { Json } from '../json.ts';
import type { Random } from '../random.ts';

/** Who sends, and what it says of itself. */
export interface WebhookSender {
  opaqueId: string;
  agent: string;
  capabilities: readonly string[] | undefined;
}

/** A webhook call while it is put together; a fault changes parts of it (§3.2, §17.3). */
export interface Draft {
  business: Business;
  headers: Record<string, string>;
  body: Json;
  token: { key: Bytes; header: Claims; claims: Record<string, unknown> };
  /** The whole token, when `token` cannot say it; `null`: there is none. */
  authorization?: string | null;
  /** What is sent, when it is not the gzip of `body`. */
  bytes?: Bytes;
}

/** Always gzip, lower-case header names, a token with `aud` and without `iss`. */
export function draftWebhook(
  state: GatewayState,
  business: Business,
  sender: WebhookSender,
  body: Json,
): Draft {
  const { agent, capabilities } = sender;
  return {
    business,
    body,
    headers: {
      id: String(body.id),
      'source-id': String(body.sourceId),
      'destination-id': String(body.destinationId),
      'device-agent': agent,
      ...(capabilities ? { 'capability-list': unevenly(capabilities, state.random) } : {}),
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    },
    token: {
      key: keyOfSecret(business.mspSecret),
      header: { alg: 'HS256' },
      claims: { aud: business.mspId, iat: Math.floor(state.now() / 1000) },
    },
  };
}

/** What goes over the wire. */
export async function seal(draft: Draft): Promise<{ headers: Headers; bytes: Bytes }> {
  const { key, claims, header } = draft.token;
  const headers = new Headers(draft.headers);
  const { authorization = `Bearer ${await signToken(key, claims, header)}` } = draft;
  if (authorization !== null) headers.set('authorization', authorization);
  return { headers, bytes: draft.bytes ?? gzip(JSON.stringify(draft.body)) };
}

export function gzip(text: string | Uint8Array): Bytes {
  return concat(gzipSync(typeof text === 'string' ? utf8(text) : text));
}

/** A list in random case, with random spaces: it is case-insensitive (§3.4). */
function unevenly(tokens: readonly string[], random: Random): string {
  return tokens
    .map((token) => {
      const letters = [...token].map((it) => (random() < 0.5 ? it.toLowerCase() : it)).join('');
      return random() < 0.5 ? letters : ` ${letters}`;
    })
    .join(random() < 0.5 ? ',' : ' ,')
    .trim();
}
