import type { CustomFetch } from 'openid-client';
import type { Clock, Outbound } from '../../platform/index.ts';
import { fetchProblem } from '../fetch-problem.ts';
import type { KeyHealthRecorder } from '../keys/key-health-recorder.ts';
import { LastGood } from '../last-good.ts';

/** What we use of a discovery document (OpenID Connect Discovery §3). */
export interface ProviderMetadata {
  issuer: string;
  tokenEndpoint: string;
  /** Null: the document names none. Only browsers are sent there. */
  authorizationEndpoint: string | null;
  jwksUri: string;
  /** Null: the provider has none. */
  userinfoEndpoint: string | null;
  /** RFC 9207 §3: the provider puts `iss` into its authorization responses. */
  sendsIss: boolean;
  /** Default, as the specification says: `client_secret_basic`. */
  authMethods: readonly string[];
}

/** The document does not speak for the URL it came from; the provider may be impersonated. */
export class IssuerMismatch extends Error {
  readonly observed: string;
  readonly expected: string;

  constructor(observed: string, expected: string) {
    super('the discovery document names another issuer');
    this.observed = observed;
    this.expected = expected;
  }
}

/** Reads a provider's metadata, kept for ten minutes. Throws `IssuerMismatch` or why there is none. */
export type ReadMetadata = (discoveryUri: string) => Promise<ProviderMetadata>;

const WELL_KNOWN = '/.well-known/openid-configuration';
const TIMEOUT_S = 5;

export interface MetadataReader {
  read: ReadMetadata;
  /** Reads it now. Null: it went well; else why not, and the last good one stays in use. */
  renew(discoveryUri: string): Promise<string | null>;
}

export function metadataReader(deps: {
  outbound: Outbound;
  clock: Clock;
  health?: Pick<KeyHealthRecorder, 'discovered' | 'failed'>;
}): MetadataReader {
  const { clock, health, outbound } = deps;
  const known = new Map<string, LastGood<ProviderMetadata>>();

  const documentAt = (discoveryUri: string): LastGood<ProviderMetadata> => {
    const cached = known.get(discoveryUri) ?? new LastGood(() => fetchAndNote(discoveryUri), clock);
    known.set(discoveryUri, cached);
    return cached;
  };

  async function fetchAndNote(discoveryUri: string): Promise<ProviderMetadata> {
    const at = clock.now();
    try {
      const metadata = await fetchMetadata(discoveryUri, outbound);
      health?.discovered(discoveryUri, metadata.jwksUri, at);
      return metadata;
    } catch (error) {
      health?.failed('discovery', discoveryUri, discoveryProblem(error), at);
      throw error;
    }
  }

  return {
    read: (discoveryUri) => documentAt(discoveryUri).get(),
    async renew(discoveryUri) {
      const cached = documentAt(discoveryUri);
      await cached.renew();
      const { failure } = cached.state;
      return failure && discoveryProblem(failure.error);
    },
  };
}

export const discoveryProblem = (error: unknown): string =>
  error instanceof IssuerMismatch
    ? `it names the issuer ${error.observed} instead of ${error.expected}`
    : fetchProblem(error);

async function fetchMetadata(discoveryUri: string, outbound: Outbound): Promise<ProviderMetadata> {
  const { allowInsecureRequests, customFetch, discovery } = await import('openid-client');
  const issuer = issuerOf(discoveryUri);
  // The client's own part of the configuration is not used: one document serves all clients.
  const url = discoveryUri.includes(WELL_KNOWN) ? discoveryUri : issuer + WELL_KNOWN;
  const guarded: CustomFetch = async (to, options) => {
    const answer = await outbound.fetch(to, { ...options, body: null });
    if (answer.status === 200 && answer.headers.get('content-type')?.startsWith('text/html'))
      throw new Error('it answered with an HTML page instead of the discovery document');
    return answer;
  };
  const configuration = await discovery(new URL(url), 'none', undefined, undefined, {
    [customFetch]: guarded,
    timeout: TIMEOUT_S,
    // Whether http is allowed for a host is for `outbound` to say.
    execute: [allowInsecureRequests],
  });
  const metadata = configuration.serverMetadata();
  // Discovery §4.3: exact; a slash at the end of the issuer is dropped in the URL (§4.1).
  if (metadata.issuer !== issuer && metadata.issuer !== `${issuer}/`)
    throw new IssuerMismatch(metadata.issuer, issuer);
  return {
    issuer: metadata.issuer,
    tokenEndpoint: required(metadata.token_endpoint, 'token_endpoint'),
    authorizationEndpoint: metadata.authorization_endpoint ?? null,
    jwksUri: required(metadata.jwks_uri, 'jwks_uri'),
    userinfoEndpoint: metadata.userinfo_endpoint ?? null,
    sendsIss: metadata.authorization_response_iss_parameter_supported === true,
    authMethods: metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'],
  };
}

/** A discovery URI is the issuer with the well-known path; people paste either. */
const issuerOf = (discoveryUri: string): string =>
  (discoveryUri.split(WELL_KNOWN)[0] ?? '').replace(/\/$/, '');

function required(value: string | undefined, name: string): string {
  if (typeof value !== 'string') throw new Error(`the discovery document has no ${name}`);
  return value;
}
