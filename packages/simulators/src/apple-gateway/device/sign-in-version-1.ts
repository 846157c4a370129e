import { DEVICE_REDIRECT } from '../business.ts';
import type { Json } from '../json.ts';
import { isObject, textAt } from '../json.ts';
import type { OAuthRequest, SignInBubble } from './received-message.ts';
import type { SealFault } from './seal-token.ts';
import { sealToken } from './seal-token.ts';
import { type Visit, WebView } from './web-view.ts';

export interface Version1Options {
  /**
   * `silence`: no reply at all, as when the person puts the page away. `wrong-request-identifier`:
   * one nobody gave; another customer's goes into `requestIdentifier`. The others spoil the token.
   */
  misbehaviour?: 'silence' | 'wrong-request-identifier' | 'unknown-status' | SealFault;
  /** Instead of the request's own. */
  requestIdentifier?: string;
  /** For `key-of-previous-request`. Default: the request before on this device. */
  previousKey?: string;
  /** Before iOS 15 the parameters of the exchange were in the query (§7.3). */
  isBeforeIos15?: boolean;
}

/** A version 1 reply's `authenticate`, and the token in it before it was encrypted. */
export interface Version1Reply {
  authenticate: Json;
  accessToken?: string;
  page?: Extract<Visit, { kind: 'page' }>;
}

const ERROR_DOMAIN = 'com.apple.icloud.messages.business.authentication.error';
const NETWORK_DOMAIN = 'NSURLErrorDomain';
const CANNOT_CONNECT = -1004;

/** Signs in as the device does in version 1: it redeems the code itself (§7.3). */
export async function signInVersion1(
  { oauth2 }: SignInBubble,
  person: { name: string; password?: string; choice?: 'agree' | 'cancel' },
  options: Version1Options,
): Promise<Version1Reply> {
  try {
    const isRedirect = (url: string) => url.toLowerCase().startsWith(DEVICE_REDIRECT);
    const visit = await new WebView(person).visit(authorizationUrl(oauth2), isRedirect);
    if (visit.kind === 'page') return { authenticate: failed(0, 'no redirect'), page: visit };
    return await finish(oauth2, readAnswer(visit), options);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { authenticate: failed(CANNOT_CONNECT, why, NETWORK_DOMAIN) };
  }
}

/** The registered URL with its query replaced. */
export function authorizationUrl(oauth2: OAuthRequest): string {
  const url = new URL(oauth2.authorizationUrl);
  url.search = new URLSearchParams({
    client_id: oauth2.clientIdentifier,
    redirect_uri: DEVICE_REDIRECT,
    response_encryption_key: oauth2.responseEncryptionKey ?? '',
    response_type: oauth2.responseType,
    scope: oauth2.scope.join(' '),
    ...(oauth2.state === undefined ? {} : { state: oauth2.state }),
  }).toString();
  return url.href;
}

/** From the query, else from the fragment, else from the form that was posted. */
function readAnswer({ url, form }: Extract<Visit, { kind: 'intercepted' }>): URLSearchParams {
  const { searchParams, hash } = new URL(url);
  const places = [searchParams, new URLSearchParams(hash.slice(1)), form ?? new URLSearchParams()];
  const isUsable = (place: URLSearchParams) => place.has('code') || place.has('access_token');
  return places.find(isUsable) ?? new URLSearchParams();
}

async function finish(
  oauth2: OAuthRequest,
  answer: URLSearchParams,
  options: Version1Options,
): Promise<Version1Reply> {
  const given = answer.get('access_token');
  const code = answer.get('code');
  if (given) return authenticated(oauth2, given, options);
  if (!code) return { authenticate: failed(0, 'nothing usable in the redirect') };
  const tokens = await redeem(oauth2, code, options);
  if (tokens === undefined) return { authenticate: failed(0, 'empty token response') };
  const accessToken = textAt(tokens, 'access_token');
  if (accessToken === undefined) return { authenticate: failed(2, 'no access_token') };
  return authenticated(oauth2, accessToken, options);
}

async function redeem(
  oauth2: OAuthRequest,
  code: string,
  { isBeforeIos15 = false }: Version1Options,
): Promise<Json | undefined> {
  const items = new URLSearchParams({
    client_id: oauth2.clientIdentifier,
    code,
    grant_type: 'authorization_code',
    redirect_uri: DEVICE_REDIRECT,
    ...(oauth2.clientSecret === undefined ? {} : { client_secret: oauth2.clientSecret }),
  });
  const url = new URL(oauth2.accessTokenUrl ?? '');
  if (isBeforeIos15) url.search = items.toString();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: isBeforeIos15 ? '' : items.toString(),
  });
  try {
    const value: unknown = JSON.parse(await response.text());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function authenticated(
  oauth2: OAuthRequest,
  accessToken: string,
  { misbehaviour, previousKey }: Version1Options,
): Promise<Version1Reply> {
  const token = await sealToken(
    accessToken,
    oauth2.responseEncryptionKey ?? '',
    misbehaviour,
    previousKey,
  );
  const status = misbehaviour === 'unknown-status' ? 'unknown' : 'authenticated';
  return { authenticate: { status, token }, accessToken };
}

function failed(code: number, message: string, domain = ERROR_DOMAIN): Json {
  return { status: 'failed', errors: [{ code, domain, message }] };
}
