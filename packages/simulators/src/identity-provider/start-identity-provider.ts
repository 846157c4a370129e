import { Provider } from 'oidc-provider';
import { type SigningKey, signingKey } from '../keys/signing-key.ts';
import { type Person, people as samplePeople } from '../people.ts';
import { listen } from '../site/loopback-server.ts';
import { clientRegistry, type RegisteredClient } from './client-registry.ts';
import { type ProviderLifetimes, providerConfiguration, USUAL_LIFETIMES } from './configuration.ts';
import { handleInteraction } from './interaction.ts';

export interface IdentityProviderOptions extends Partial<ProviderLifetimes> {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The issuer, when browsers reach the provider by another URL than `http://host:port`. */
  publicUrl?: string;
  clients?: RegisteredClient[];
  people?: readonly Person[];
}

export interface IdentityProvider {
  issuer: string;
  discoveryUri: string;
  port: number;
  /** The key it signs with, for tests that forge in its name. */
  key: SigningKey;
  people: readonly Person[];
  /** Adds a relying party, or replaces the one of that id. */
  registerClient(client: RegisteredClient): void;
  /** Lets a known relying party be answered at further addresses. */
  addRedirectUris(clientId: string, uris: string[]): void;
  /** For what is given from now on. */
  setLifetimes(lifetimes: Partial<ProviderLifetimes>): void;
  /** From now on every connection is reset; what was signed in stays so. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts *Fjell & Fern account*: a certified OpenID provider with sample people. Code flow with PKCE
 * S256, RS256, rotating refresh tokens, RFC 9207 `iss`, RP-initiated, back-channel and front-channel
 * logout. It forgets everything when closed.
 */
export async function startIdentityProvider(
  options: IdentityProviderOptions = {},
): Promise<IdentityProvider> {
  const people = options.people ?? samplePeople;
  const clients = clientRegistry(options.clients ?? []);
  const lifetimes = lifetimesOf(options);
  const key = await signingKey({ kid: '2026-q4' });
  const listening = await listen(options, (issuer) => {
    const provider = new Provider(issuer, providerConfiguration(key, clients, people, lifetimes));
    const answer = provider.callback();
    return (request, response) =>
      clients.during(request, () =>
        request.url?.startsWith('/interaction/')
          ? handleInteraction(provider, people, request, response)
          : answer(request, response),
      );
  });
  return {
    issuer: listening.url,
    discoveryUri: `${listening.url}/.well-known/openid-configuration`,
    port: listening.port,
    key,
    people,
    registerClient: clients.register,
    addRedirectUris: clients.addRedirectUris,
    setLifetimes: (changes) => void Object.assign(lifetimes, changes),
    goDown: () => listening.goDown('reset'),
    comeBack: listening.comeBack,
    close: listening.close,
  };
}

function lifetimesOf(options: IdentityProviderOptions): ProviderLifetimes {
  const { accessTokenSeconds, idTokenSeconds, refreshTokenSeconds } = USUAL_LIFETIMES;
  return {
    accessTokenSeconds: options.accessTokenSeconds ?? accessTokenSeconds,
    idTokenSeconds: options.idTokenSeconds ?? idTokenSeconds,
    refreshTokenSeconds: options.refreshTokenSeconds ?? refreshTokenSeconds,
  };
}
