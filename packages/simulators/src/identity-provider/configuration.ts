import { randomBytes } from 'node:crypto';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { SigningKey } from '../keys/signing-key.ts';
import type { Person } from '../people.ts';
import { claimsByScope, claimsOf } from './claims.ts';
import type { ClientRegistry } from './client-registry.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { renderError, renderSignedOut } from './provider-pages.ts';
import { signOutPage } from './sign-out-page.ts';

const DAY_SECONDS = 24 * 60 * 60;
const SCOPES = 'openid profile email offline_access';

/** How long what the provider gives is good for, in seconds. */
export interface ProviderLifetimes {
  accessTokenSeconds: number;
  idTokenSeconds: number;
  refreshTokenSeconds: number;
}

export const USUAL_LIFETIMES: Readonly<ProviderLifetimes> = {
  accessTokenSeconds: 60 * 60,
  idTokenSeconds: 60 * 60,
  refreshTokenSeconds: 14 * DAY_SECONDS,
};

/**
 * How the certified provider is set up: code flow with PKCE alone, consent given by itself.
 * `lifetimes` is read whenever something is given.
 */
export function providerConfiguration(
  key: SigningKey,
  clients: ClientRegistry,
  people: readonly Person[],
  lifetimes: Readonly<ProviderLifetimes>,
): Configuration {
  return {
    adapter: memoryAdapter(clients),
    jwks: { keys: [key.privateJwk] },
    claims: claimsByScope,
    conformIdTokenClaims: false,
    scopes: SCOPES.split(' '),
    responseTypes: ['code'],
    pkce: { required: () => true },
    cookies: {
      names: {
        session: 'fjell_id',
        interaction: 'fjell_id_interaction',
        resume: 'fjell_id_resume',
      },
      keys: [randomBytes(32).toString('base64url')],
    },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: signOutPage(clients),
        postLogoutSuccessSource: renderSignedOut,
      },
    },
    findAccount: async (_context, subject) => {
      const person = people.find(({ id }) => id === subject);
      return person && { accountId: person.id, claims: async () => claimsOf(person) };
    },
    loadExistingGrant: grantItself,
    // Hosted providers give a refresh token without `prompt=consent`, which Core §11 would ask for.
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    // A refresh token works once; whoever uses it again loses the sign-in (RFC 9700 §4.14.2)
    rotateRefreshToken: true,
    // Logout tokens go to nodes on this machine, which the provider's own way of asking would refuse
    fetch: (url, options) => fetch(url, withoutDispatcher(options)),
    renderError,
    ttl: {
      AccessToken: () => lifetimes.accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: () => lifetimes.idTokenSeconds,
      RefreshToken: () => lifetimes.refreshTokenSeconds,
      Interaction: 60 * 60,
      Session: DAY_SECONDS,
      Grant: 14 * DAY_SECONDS,
    },
  };
}

function withoutDispatcher(options: RequestInit | undefined): RequestInit {
  const plain: RequestInit & Record<string, unknown> = { ...options };
  delete plain.dispatcher;
  return plain;
}

async function grantItself(context: KoaContextWithOIDC) {
  const { session, client, provider, result } = context.oidc;
  if (!session?.accountId || !client) return undefined;
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  if (known) return provider.Grant.find(known);
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope(SCOPES);
  await grant.save();
  return grant;
}
