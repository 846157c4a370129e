import type { Business } from '../business.ts';
import { randomBytes, utf8 } from '../crypto/bytes.ts';
import { signingInput } from '../crypto/json-web-token.ts';
import type { GatewayState } from '../gateway-state.ts';
import { type Draft, gzip } from './draft.ts';
import type { WebhookFault } from './webhook-fault.ts';

const BOMB_BYTES = 64 * 1024 * 1024;
const OVER_LIMIT_BYTES = 1024 * 1024 + 1;

type Change = (draft: Draft, state: GatewayState) => Partial<Draft>;

const withHeader = ({ headers }: Draft, name: string, value: string): Partial<Draft> => ({
  headers: { ...headers, [name]: value },
});

const withToken = ({ token }: Draft, change: Partial<Draft['token']>): Partial<Draft> => ({
  token: { ...token, ...change },
});

const withClaims = (draft: Draft, change: Record<string, unknown>): Partial<Draft> =>
  withToken(draft, { claims: { ...draft.token.claims, ...change } });

const secondsFromNow = (state: GatewayState, seconds: number): number =>
  Math.floor(state.now() / 1000) + seconds;

const sentTo = ({ body, headers }: Draft, businessId: string): Partial<Draft> => ({
  body: { ...body, destinationId: businessId },
  headers: { ...headers, 'destination-id': businessId },
});

const changes: Readonly<Record<WebhookFault, Change>> = {
  'no-token': () => ({ authorization: null }),
  'token-not-bearer': () => ({ authorization: 'Basic bXNwOnNlY3JldA==' }),
  'token-of-two-parts': ({ token }) => ({
    authorization: `Bearer ${signingInput(token.header, token.claims)}`,
  }),
  'token-alg-none': ({ token }) => ({
    authorization: `Bearer ${signingInput({ alg: 'none' }, token.claims)}.`,
  }),
  'token-alg-hs384': (draft) => withToken(draft, { header: { alg: 'HS384' } }),
  'secret-of-another-msp': (draft) => withToken(draft, { key: randomBytes(32) }),
  'secret-not-decoded': (draft) => withToken(draft, { key: utf8(draft.business.mspSecret) }),
  'audience-of-another-msp': (draft) => withClaims(draft, { aud: crypto.randomUUID() }),
  'issuer-instead-of-audience': (draft) =>
    withClaims(draft, { aud: undefined, iss: draft.business.mspId }),
  'stale-iat': (draft, state) => withClaims(draft, { iat: secondsFromNow(state, -3700) }),
  'future-iat': (draft, state) => withClaims(draft, { iat: secondsFromNow(state, 3700) }),
  'no-iat': (draft) => withClaims(draft, { iat: undefined }),
  'destination-of-another-msp': (draft, state) =>
    sentTo(draft, businessOfAnotherMsp(state, draft.business).businessId),
  'unknown-destination': (draft) => sentTo(draft, crypto.randomUUID()),
  'id-differs': (draft) => withHeader(draft, 'id', crypto.randomUUID()),
  'source-differs': (draft) => withHeader(draft, 'source-id', 'urn:mbid:SOMEBODYELSE='),
  'destination-differs': ({ body }) => ({
    body: { ...body, destinationId: crypto.randomUUID() },
  }),
  'no-id-in-body': ({ body }) => ({ body: { ...body, id: undefined } }),
  'not-gzip': () => ({ bytes: utf8('this was never compressed') }),
  'not-json': () => ({ bytes: gzip('{"v":1,"id":') }),
  'gzip-bomb': () => ({ bytes: gzip(new Uint8Array(BOMB_BYTES).fill(0x20)) }),
  'over-limit': ({ body }) => ({
    bytes: gzip(JSON.stringify({ ...body, body: incompressible(OVER_LIMIT_BYTES) })),
  }),
  'unknown-type': ({ body }) => ({ body: { ...body, type: 'telepathy' } }),
};

/** The same call with one thing wrong. */
export function applyFault(draft: Draft, fault: WebhookFault, state: GatewayState): Draft {
  return { ...draft, ...changes[fault](draft, state) };
}

function businessOfAnotherMsp(state: GatewayState, own: Business): Business {
  const other = [...state.businesses.values()].find(({ mspId }) => mspId !== own.mspId);
  if (!other) throw new Error('this fault needs a second business, of another MSP');
  return other;
}

/** Base64 of random bytes compresses to about three quarters, so take twice as many. */
function incompressible(bytes: number): string {
  const chunks = Array.from({ length: Math.ceil((bytes * 2) / 48_000) }, () => randomBytes(48_000));
  return chunks.map((chunk) => chunk.toBase64()).join('');
}
