import type { Person } from '../../people.ts';
import { Notice } from '../notice.ts';

/** A relying party, held to its secret when it has one (§17.5). */
export interface OAuthClient {
  clientId: string;
  clientSecret?: string;
  /** Shown on the sign-in page. */
  name?: string;
  /** Compared character by character. */
  redirectUris: readonly string[];
  /** What it may ask for. Default `openid profile email`. */
  scopes?: readonly string[];
}

export type ProviderEndpoint = 'authorize' | 'token' | 'profile' | 'jwks';

/** What happens to one request instead of the usual answer (§17.5). */
export type ProviderFault =
  | { kind: 'status'; status: number; body?: string }
  /** `authorize`: back to the client with this `error`; `token`: 400 with it (RFC 6749 §5.2). */
  | { kind: 'error'; error: string }
  /** The usual answer, after `ms`. */
  | { kind: 'slow'; ms: number }
  /** The usual answer, as soon as `until` is fulfilled. */
  | { kind: 'hold'; until: Promise<unknown> }
  | { kind: 'not-json' }
  /** `profile`: over the usual claims; `token`: over the answer's members. Undefined takes away. */
  | { kind: 'claims'; claims: Readonly<Record<string, unknown>> }
  /** `token`: over the ID token's claims. */
  | { kind: 'id-token-claims'; claims: Readonly<Record<string, unknown>> }
  | { kind: 'redirect'; to: string }
  /** The usual answer with a member that makes it larger than `bytes`. */
  | { kind: 'oversized'; bytes: number }
  | { kind: 'hang' }
  | { kind: 'reset' };

export interface ProviderRequest {
  endpoint: ProviderEndpoint;
  method: string;
  query: URLSearchParams;
  form: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** How the authorization endpoint answers; by default as the request asks. */
export interface AuthorizationAnswer {
  responseType?: 'code' | 'token';
  mode?: 'query' | 'fragment' | 'form_post';
}

/** What a person agreed to. */
export interface Grant {
  clientId: string;
  subject: string;
  scopes: readonly string[];
}

export interface IssuedCode extends Grant {
  redirectUri: string;
  codeChallenge: string | null;
  nonce: string | null;
  expiresAt: number;
  /** The token it was redeemed for: a code that comes again takes it back (RFC 6749 §4.1.2). */
  accessToken?: string;
}

export interface ProviderState {
  issuer: string;
  now(): number;
  people: readonly Person[];
  clients: Map<string, OAuthClient>;
  codes: Map<string, IssuedCode>;
  accessTokens: Map<string, Grant & { expiresAt: number }>;
  codeLifetimeMs: number;
  accessTokenSeconds: number;
  answer: AuthorizationAnswer;
  /** Signs ID tokens, RS256. */
  key: CryptoKeyPair;
  log: RequestLog;
  faults: Map<ProviderEndpoint, ProviderFault[]>;
}

export class RequestLog {
  readonly requests: ProviderRequest[] = [];
  readonly notice = new Notice();

  add(request: ProviderRequest): void {
    this.requests.push(request);
    this.notice.give();
  }

  /** The requests of an endpoint, as soon as there are `count` of them; also unanswered ones. */
  requested(endpoint: ProviderEndpoint, count: number, timeoutMs?: number) {
    const find = () => this.requests.filter((request) => request.endpoint === endpoint);
    return this.notice.until(
      () => (find().length >= count ? find() : undefined),
      () => `${find().length} requests to ${endpoint} instead of ${count}`,
      timeoutMs,
    );
  }
}
