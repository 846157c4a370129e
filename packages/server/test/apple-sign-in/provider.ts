// A provider as a company runs one: codes that count once, PKCE, bearer tokens, a profile endpoint.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Grant {
  profile: Record<string, unknown>;
  redirectUri?: string;
  codeChallenge?: string | null;
  nonce?: string;
}

export interface AppleProvider {
  url: string;
  port: number;
  clientId: string;
  clientSecret: string;
  /** What the sign-in page would hand out. */
  issueCode(grant: Grant): string;
  issueToken(profile: Record<string, unknown>): string;
  /** Answers with this instead, until it is set back to null; `hang-up` closes the connection. */
  instead: { token: number | 'hang-up' | null; profile: number | 'hang-up' | null };
  requests: { path: string; authorization: string | undefined }[];
  /** While it is set, profile requests wait for it. */
  hold: Promise<void> | null;
  close(): Promise<void>;
}

export async function startAppleProvider(): Promise<AppleProvider> {
  const clientId = 'countersign-apple';
  const clientSecret = 'secret-of-the-apple-client';
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, Record<string, unknown>>();
  const provider = {
    clientId,
    clientSecret,
    instead: { token: null, profile: null },
    requests: [],
    hold: null,
  } as Pick<AppleProvider, 'clientId' | 'clientSecret' | 'instead' | 'requests' | 'hold'>;

  const issueToken = (profile: Record<string, unknown>): string => {
    const token = `token-${randomBytes(16).toString('hex')}`;
    tokens.set(token, profile);
    return token;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    provider.requests.push({ path, authorization: request.headers.authorization });
    const body = await textOf(request);
    if (path === '/me' && provider.hold) await provider.hold;
    const instead = path === '/token' ? provider.instead.token : provider.instead.profile;
    if (instead === 'hang-up') return void request.socket.destroy();
    if (instead !== null) return json(response, instead, { error: 'scripted', message: body });
    if (path === '/token') return exchange(new URLSearchParams(body), response);
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const profile = tokens.get(token);
    return profile ? json(response, 200, profile) : json(response, 401, { error: 'invalid_token' });
  }

  function exchange(form: URLSearchParams, response: ServerResponse): void {
    const code = form.get('code') ?? '';
    const grant = codes.get(code);
    codes.delete(code);
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
      return json(response, 401, { error: 'invalid_client' });
    if (!grant || !fits(grant, form)) return json(response, 400, { error: 'invalid_grant' });
    json(response, 200, { access_token: issueToken(grant.profile), token_type: 'Bearer' });
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return Object.assign(provider, {
    url: `http://127.0.0.1:${port}`,
    port,
    issueToken,
    issueCode(grant: Grant) {
      const code = `code-${randomBytes(16).toString('hex')}`;
      codes.set(code, grant);
      return code;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

function fits({ redirectUri, codeChallenge }: Grant, form: URLSearchParams): boolean {
  const verifier = form.get('code_verifier');
  const challenge = verifier && createHash('sha256').update(verifier).digest('base64url');
  return (
    (redirectUri === undefined || form.get('redirect_uri') === redirectUri) &&
    (codeChallenge === undefined || codeChallenge === challenge)
  );
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
