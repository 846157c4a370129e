import type { Business } from '../business.ts';
import { importEncryptionKey } from '../crypto/token-encryption.ts';
import type { GatewayState } from '../gateway-state.ts';
import { type Json, objectAt, textAt } from '../json.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';

const REGISTERED = ['authorizationUrl', 'accessTokenUrl', 'clientIdentifier'] as const;
const FIXED_PARAMETERS = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state'];

/** 1 or 2; any `data.version` from 2 on is version 2 (§6). */
export function versionOf(data: Json | undefined): 1 | 2 {
  return Number(data?.version ?? data?.mspVersion) >= 2 ? 2 : 1;
}

/**
 * Checks a sign-in request (§17.1 row 7, §17.4) and adds what the business has at the Register.
 * Returns the dictionary that reaches the device.
 */
export async function registerSignIn(
  state: GatewayState,
  business: Business,
  interactive: Json,
  messageId: string,
): Promise<Json> {
  const data = objectAt(interactive, 'data');
  const authenticate = objectAt(data, 'authenticate');
  const request = objectAt(authenticate, 'oauth2') ?? {};
  checkCommon(request, business);
  if (versionOf(data) === 1) await checkVersion1(state, request);
  else checkVersion2(state, request, messageId);
  const { authorizationUrl, accessTokenUrl, clientIdentifier } = business;
  const oauth2 = { ...request, authorizationUrl, accessTokenUrl, clientIdentifier };
  return { ...interactive, data: { ...data, authenticate: { ...authenticate, oauth2 } } };
}

function checkCommon(request: Json, business: Business): void {
  const sent = REGISTERED.find((name) => request[name] !== undefined);
  if (sent) {
    const detail = `${sent} comes from the Register, never from the provider`;
    throw new Refusal('17.4', 400, 'registered_field_sent', detail);
  }
  if (business.authorizationUrl === undefined || business.clientIdentifier === undefined) {
    const detail = 'the business has no OAuth URL and client identifier at the Register';
    throw new Refusal('17.4', 400, 'no_registered_oauth', detail);
  }
  if (request.responseType !== 'code' && request.responseType !== 'token')
    throw wrong('response_type', `responseType is ${JSON.stringify(request.responseType)}`);
  const { scope } = request;
  const hasScope = Array.isArray(scope) && scope.some((one) => typeof one === 'string' && one);
  if (!hasScope) throw wrong('scope_empty', 'scope is not an array with one non-empty string');
}

async function checkVersion1(state: GatewayState, request: Json): Promise<void> {
  const key = textAt(request, 'responseEncryptionKey') ?? '';
  try {
    await importEncryptionKey(key);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'not readable';
    throw wrong('response_encryption_key', `not a point on P-384: ${why}`);
  }
  if (state.encryptionKeys.has(key))
    throw wrong('response_encryption_key_reused', 'an earlier request had the same key');
  state.encryptionKeys.add(key);
}

function checkVersion2(state: GatewayState, request: Json, id: string): void {
  if (request.clientSecret !== undefined) {
    const detail = 'the client secret went to Apple in version 2';
    state.journal.violate({ row: '17.1.7', code: 'client_secret_sent', detail, id });
    throw wrong('client_secret_sent', detail);
  }
  if (!isAllowedRedirect(textAt(request, 'redirectURI')))
    throw wrong('redirect_uri', 'redirectURI is not https (http on the loopback alone)');
  if (textAt(request, 'state') === undefined) throw wrong('state_missing', 'there is no state');
  const added = [...new URLSearchParams(textAt(request, 'additionalParameters')).keys()];
  const fixed = added.filter((name) => FIXED_PARAMETERS.includes(name));
  if (fixed.length > 0) {
    const detail = `additionalParameters redefine ${fixed.join(', ')}`;
    state.journal.violate({ row: '9.2', code: 'additional_parameter_redefines', detail, id });
  }
}

function isAllowedRedirect(text: string | undefined): boolean {
  const url = URL.parse(text ?? '');
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

const wrong = (code: RefusalCode, detail: string): Refusal =>
  new Refusal('17.1.7', 400, code, detail);
