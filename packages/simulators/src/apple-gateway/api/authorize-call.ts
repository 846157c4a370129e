import type { Business } from '../business.ts';
import { utf8 } from '../crypto/bytes.ts';
import {
  type Claims,
  keyOfSecret,
  type TokenFault,
  verifyToken,
} from '../crypto/json-web-token.ts';
import type { GatewayState } from '../gateway-state.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';
import { type Call, headerOf } from './call.ts';

const WINDOW_SECONDS = 60 * 60;

/** Which business calls, proven by its token (§17.1 rows 1 to 3; §2.3). */
export async function authorizeCall(state: GatewayState, call: Call): Promise<Business> {
  const token = bearerOf(call);
  const business = businessOf(state, call);
  checkClaims(await claimsOf(token, business), business, state.now());
  return business;
}

function bearerOf(call: Call): string {
  const header = headerOf(call, 'authorization');
  if (header === undefined)
    throw new Refusal('17.1.1', 401, 'authorization_missing', 'there is no Authorization header');
  const token = /^Bearer (\S+)$/.exec(header)?.[1];
  if (token === undefined) throw refused('authorization_not_bearer', 'not “Bearer” and a token');
  return token;
}

function businessOf(state: GatewayState, call: Call): Business {
  const source = headerOf(call, 'source-id');
  if (source === undefined)
    throw new Refusal('17.1.2', 400, 'header_missing', 'there is no Source-Id header');
  if (/^urn:/i.test(source))
    throw new Refusal('17.1.3', 404, 'source_has_prefix', 'Source-Id is a bare Business ID');
  const business = state.businesses.get(source.toLowerCase());
  if (!business)
    throw new Refusal('17.1.3', 404, 'unknown_source', `no business has the id ${source}`);
  return business;
}

const CODES: Readonly<Record<TokenFault, RefusalCode>> = {
  not_three_parts: 'token_not_three_parts',
  not_json: 'token_not_json',
  wrong_algorithm: 'token_wrong_algorithm',
  bad_signature: 'token_bad_signature',
};

async function claimsOf(token: string, { mspSecret }: Business): Promise<Claims> {
  const verdict = await verifyToken(token, keyOfSecret(mspSecret));
  if (verdict.kind === 'claims') return verdict.claims;
  const undecoded = await verifyToken(token, utf8(mspSecret));
  if (undecoded.kind === 'claims')
    throw refused('token_secret_not_decoded', 'the key is the Base64-decoded secret');
  throw refused(CODES[verdict.fault], `the token is refused: ${verdict.fault}`);
}

function checkClaims({ iss, iat }: Claims, business: Business, nowMs: number): void {
  if (iss === undefined)
    throw refused('token_issuer_missing', 'what goes to Apple names its issuer, not an audience');
  if (iss !== business.mspId) throw refused('token_wrong_issuer', 'iss is not the MSP ID');
  if (typeof iat !== 'number' || !Number.isInteger(iat))
    throw refused('token_iat_missing', 'iat is not an integer');
  const seconds = nowMs / 1000;
  if (iat > seconds * 100) throw refused('token_iat_in_milliseconds', 'iat is in seconds');
  if (Math.abs(iat - seconds) > WINDOW_SECONDS)
    throw refused('token_iat_out_of_window', `iat is ${Math.round(iat - seconds)} s from now`);
}

const refused = (code: RefusalCode, detail: string): Refusal =>
  new Refusal('17.1.1', 403, code, detail);
