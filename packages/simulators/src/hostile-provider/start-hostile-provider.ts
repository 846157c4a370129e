import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RegisteredClient } from '../identity-provider/client-registry.ts';
import { keyRing } from '../keys/key-ring.ts';
import type { SelfSignedCertificate } from '../keys/self-signed-certificate.ts';
import { signingKey } from '../keys/signing-key.ts';
import { type Person, people as samplePeople } from '../people.ts';
import { listen } from '../site/loopback-server.ts';
import { sendJson } from './answers.ts';
import { showModules } from './index-page.ts';
import { createIssuer, type HostileIssuer, type RunningIssuer } from './issuer.ts';
import { isModuleName, type ModuleName, moduleNames, modules } from './modules.ts';

export interface HostileProviderOptions {
  /** Default 0: any free port. */
  port?: number;
  clients?: RegisteredClient[];
  people?: readonly Person[];
  /** Of what a code or a refresh token gives. Default one hour. */
  accessTokenSeconds?: number;
  /** Serves https with it; a certificate that has expired is row K12's. */
  tls?: SelfSignedCertificate;
}

export interface HostileProvider {
  url: string;
  port: number;
  /** The issuer at `<url>/<module>/`. */
  issuer(name: ModuleName): HostileIssuer;
  /** At every issuer; adds a relying party, or replaces the one of that id. */
  registerClient(client: RegisteredClient): void;
  /** Connections are reset or refused until `comeBack`. */
  goDown(how: 'reset' | 'refuse'): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a provider of our own making that plays every module of the OpenID Foundation's relying-party
 * tests, each an issuer of its own: what it does beside its fault is right. `/` lists them.
 */
export async function startHostileProvider(
  options: HostileProviderOptions = {},
): Promise<HostileProvider> {
  const clients = new Map((options.clients ?? []).map((client) => [client.clientId, client]));
  // Making a key takes longer than all the rest; an issuer that changes its keys makes its own
  const key = await signingKey({ kid: 'hostile-1' });
  const issuers = new Map<ModuleName, RunningIssuer>();
  const listening = await listen(options, async (url) => {
    for (const name of moduleNames) {
      const state = {
        name,
        module: modules[name],
        issuer: `${url}/${name}/`,
        keys: await keyRing('hostile', key),
        people: options.people ?? samplePeople,
        clients,
        accessTokenSeconds: options.accessTokenSeconds ?? 60 * 60,
        requests: 0,
        lastSession: null,
        codes: new Map(),
        refreshTokens: new Map(),
        accessTokens: new Map(),
        assertionIds: new Set<string>(),
      };
      issuers.set(name, createIssuer(state));
    }
    return (request, response) => answer(url, issuers, request, response);
  });
  return {
    url: listening.url,
    port: listening.port,
    issuer(name) {
      const issuer = issuers.get(name);
      if (!issuer) throw new Error(`the hostile provider has no module "${name}"`);
      return issuer;
    },
    registerClient(client) {
      clients.set(client.clientId, client);
    },
    goDown: listening.goDown,
    comeBack: listening.comeBack,
    close: listening.close,
  };
}

async function answer(
  url: string,
  issuers: ReadonlyMap<ModuleName, RunningIssuer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', url);
  if (pathname === '/') return showModules(url, response);
  const [, name = '', path = ''] = /^\/([^/]+)\/(.*)$/.exec(pathname) ?? [];
  const issuer = isModuleName(name) ? issuers.get(name) : undefined;
  if (!issuer) return sendJson(response, 404, { error: 'not_found' });
  await issuer.answer(path, request, response);
}
