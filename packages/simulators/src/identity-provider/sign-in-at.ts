import { randomBytes } from 'node:crypto';
import { people, SAMPLE_PASSWORD } from '../people.ts';

export interface SignInRequest {
  /** Subject or e-mail address; default Ada Ng. */
  person?: string;
  /** Default: the sample password. */
  password?: string;
  clientId: string;
  redirectUri: string;
  codeChallenge: string;
  /** Default `openid profile email offline_access`. */
  scope?: string;
  nonce?: string;
  /** Default: random. */
  state?: string;
  prompt?: string;
  /** JSON (OpenID Connect Core §5.5). */
  claims?: string;
  /** Seconds. */
  maxAge?: number;
  /** Carries the provider's cookies from one call to the next, as a browser would. */
  cookies?: CookieJar;
}

/** The authorization response (RFC 6749 §4.1.2, RFC 9207 §2). */
export interface SignInResult {
  code: string;
  iss: string;
  state: string;
}

/** Cookies by name; enough for one origin. */
export type CookieJar = Map<string, string>;

const MAX_STEPS = 12;

/**
 * Walks the provider's sign-in without a browser. Throws with the provider's `error` code when the
 * response carries one (`login_required`, `access_denied`, …), and when the password is refused.
 */
export async function signInAt(
  provider: { issuer: string },
  request: SignInRequest,
): Promise<SignInResult> {
  const jar: CookieJar = request.cookies ?? new Map();
  const state = request.state ?? randomBytes(16).toString('base64url');
  let step = await visit(authorizationUrl(provider.issuer, request, state), jar);
  for (let count = 0; count < MAX_STEPS; count += 1) {
    if (step.kind === 'page') {
      if (step.refused) throw new Error('the sign-in page refused the password');
      step = await visit(step.url, jar, step.hidden ?? credentials(request));
      continue;
    }
    if (isAt(step.url, request.redirectUri)) return readResponse(step.url);
    step = await visit(step.url, jar);
  }
  throw new Error(`the sign-in did not end after ${MAX_STEPS} steps`);
}

function authorizationUrl(issuer: string, request: SignInRequest, state: string): string {
  const url = new URL(`${issuer}/auth`);
  const query = {
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    response_type: 'code',
    scope: request.scope ?? 'openid profile email offline_access',
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    state,
    nonce: request.nonce,
    prompt: request.prompt,
    claims: request.claims,
    max_age: request.maxAge,
  };
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

function credentials(request: SignInRequest): URLSearchParams {
  const person = request.person ?? people[0]?.id ?? '';
  return new URLSearchParams({ person, password: request.password ?? SAMPLE_PASSWORD });
}

type Step =
  | { kind: 'redirect'; url: string }
  /** A form to send to `url`: the sign-in, or hidden fields that a browser would send by itself. */
  | { kind: 'page'; url: string; refused: boolean; hidden?: URLSearchParams };

async function visit(url: string, jar: CookieJar, form?: URLSearchParams): Promise<Step> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(url, {
    redirect: 'manual',
    headers: cookie === '' ? {} : { cookie },
    ...(form ? { method: 'POST', body: form } : {}),
  });
  keepCookies(jar, response.headers.getSetCookie());
  const location = response.headers.get('location');
  const text = await response.text();
  if (location !== null) return { kind: 'redirect', url: new URL(location, url).href };
  if (response.status === 422) return { kind: 'page', url, refused: true };
  if (response.status === 200) return readPage(url, text);
  throw new Error(`the identity provider answered ${response.status}: ${errorIn(text)}`);
}

function readPage(url: string, text: string): Step {
  const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1];
  if (action === undefined) return { kind: 'page', url, refused: false };
  const hidden = new URLSearchParams();
  for (const [, name = '', value = ''] of text.matchAll(
    /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
  )) {
    hidden.set(name, value);
  }
  return { kind: 'page', url: new URL(action, url).href, refused: false, hidden };
}

function keepCookies(jar: CookieJar, lines: string[]): void {
  for (const line of lines) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  }
}

function errorIn(page: string): string {
  return [...page.matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, text]) => text).join(', ');
}

function isAt(url: string, redirectUri: string): boolean {
  return url.startsWith(redirectUri) && new URL(url).pathname === new URL(redirectUri).pathname;
}

function readResponse(url: string): SignInResult {
  const query = new URL(url).searchParams;
  const error = query.get('error');
  if (error !== null) throw new Error(error, { cause: query.get('error_description') });
  const code = query.get('code');
  const iss = query.get('iss');
  const state = query.get('state');
  if (code === null || iss === null || state === null) throw new Error('incomplete response');
  return { code, iss, state };
}
