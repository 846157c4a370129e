import type { Json } from '../json.ts';
import type { OAuthRequest, SignInBubble } from './received-message.ts';
import { type Person, type Visit, WebView } from './web-view.ts';

export interface Version2Options {
  /**
   * `success-without-callback`: reports success though nobody signed in. `callback-twice`: loads the
   * callback again with the same state. `wrong-state`: with another state, then nothing.
   * `cancel-after-success`: reports `cancel` after the code was redeemed. `report-before-callback`:
   * reports success first. `never-report`: the callback alone.
   */
  misbehaviour?:
    | 'success-without-callback'
    | 'callback-twice'
    | 'wrong-state'
    | 'cancel-after-success'
    | 'report-before-callback'
    | 'never-report';
  /** Instead of the request's own, in the report. */
  requestIdentifier?: string;
}

/** What a `messages-auth` URL said. */
export type Report =
  | { status: 'success' | 'cancel' | 'unknown' }
  | { status: 'failure'; errorCode: number };

/** A callback that a device is about to load: the person has signed in at the provider. */
export interface Callback {
  url: string;
  view: WebView;
}

/** Goes to the provider and signs in; stops before the callback (§9.3). */
export async function reachCallback(
  { oauth2 }: SignInBubble,
  person: Person,
): Promise<Callback | Extract<Visit, { kind: 'page' }>> {
  const view = new WebView(person);
  const redirectUri = oauth2.redirectURI ?? '';
  const visit = await view.visit(authorizationUrl(oauth2), (url) => isAt(url, redirectUri));
  return visit.kind === 'page' ? visit : { url: visit.url, view };
}

/** Loads the callback as a web page until a navigation has the scheme `messages-auth`. */
export async function loadCallback({
  url,
  view,
}: Callback): Promise<{ report: Report | undefined; page?: Extract<Visit, { kind: 'page' }> }> {
  const visit = await view.visit(url, (next) => /^messages-auth:/i.test(next));
  if (visit.kind === 'page') return { report: undefined, page: visit };
  return { report: readReport(visit.url) };
}

export function authorizationUrl(oauth2: OAuthRequest): string {
  const url = new URL(oauth2.authorizationUrl);
  const query = new URLSearchParams({
    client_id: oauth2.clientIdentifier,
    redirect_uri: oauth2.redirectURI ?? '',
    response_type: oauth2.responseType,
    scope: oauth2.scope.join(' '),
    state: oauth2.state ?? '',
  });
  for (const [name, value] of new URLSearchParams(oauth2.additionalParameters ?? ''))
    query.append(name, value);
  url.search = query.toString();
  return url.href;
}

/**
 * Strictly: one `status`, not empty; one integer `error_code` with `failure`. Anything else, twice
 * the same item or an empty one, counts as `unknown` (§9.4, §17.4).
 */
export function readReport(address: string): Report {
  const { searchParams } = new URL(address);
  const names = [...searchParams.keys()];
  const isOdd = new Set(names).size !== names.length || [...searchParams.values()].includes('');
  const status = searchParams.get('status');
  const code = searchParams.get('error_code');
  if (isOdd) return { status: 'unknown' };
  if (status === 'success' || status === 'cancel') return { status };
  if (status === 'failure' && code !== null && /^-?\d+$/.test(code))
    return { status, errorCode: Number(code) };
  return { status: 'unknown' };
}

/** `data.authenticate` of the reply (§9.5). */
export function reportReply(report: Report): Json {
  return report.status === 'failure'
    ? { status: report.status, error_code: report.errorCode }
    : { status: report.status };
}

function isAt(address: string, redirectUri: string): boolean {
  const [url, expected] = [new URL(address), new URL(redirectUri)];
  return url.origin === expected.origin && url.pathname === expected.pathname;
}
