import { randomBytes } from 'node:crypto';

export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  codeChallenge: string;
  /** Default `openid profile email offline_access`. */
  scope?: string;
  nonce?: string;
  /** Default: random. */
  state?: string;
  responseType?: string;
  responseMode?: string;
  /** Subject or e-mail address of who signs in. */
  person?: string;
}

/**
 * Sends an authorization request as a browser would, to where the discovery document says, and reads
 * the answer: from the query, from the fragment, or from a form that posts itself. Throws when there is
 * no answer for `redirectUri`, or one to another request than this (`state`).
 */
export async function authorizeAt(
  provider: { discoveryUri: string },
  request: AuthorizationRequest,
): Promise<Record<string, string>> {
  const state = request.state ?? randomBytes(16).toString('base64url');
  const discovered = await fetch(provider.discoveryUri);
  const { authorization_endpoint: endpoint }: { authorization_endpoint: string } = JSON.parse(
    await discovered.text(),
  );
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(queryOf(request, state)))
    if (value !== undefined) url.searchParams.set(name, value);
  const answer = await fetch(url, { redirect: 'manual' });
  const text = await answer.text();
  const location = answer.headers.get('location');
  const parameters = location === null ? readForm(text, request) : readLocation(location, request);
  if (parameters.state !== state) throw new Error('the answer is to another request');
  return parameters;
}

function queryOf(request: AuthorizationRequest, state: string): Record<string, string | undefined> {
  return {
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    response_type: request.responseType ?? 'code',
    response_mode: request.responseMode,
    scope: request.scope ?? 'openid profile email offline_access',
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    state,
    nonce: request.nonce,
    person: request.person,
  };
}

function readLocation(location: string, { redirectUri }: AuthorizationRequest) {
  if (!location.startsWith(redirectUri)) throw new Error(`the answer went to ${location}`);
  const { searchParams, hash } = new URL(location);
  return Object.fromEntries([...searchParams, ...new URLSearchParams(hash.slice(1))]);
}

function readForm(text: string, { redirectUri }: AuthorizationRequest): Record<string, string> {
  const action = /<form method="post" action="([^"]+)"/.exec(text)?.[1];
  if (action !== redirectUri) throw new Error('there is no answer for this request');
  const inputs = text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value]));
}
