import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KeyRotation } from '../keys/key-ring.ts';
import type { Hit } from '../keys/key-server.ts';
import { type SigningKey, signToken } from '../keys/signing-key.ts';
import { sendReply } from '../site/reply.ts';
import { sendJson } from './answers.ts';
import { authorize } from './endpoints/authorize.ts';
import { discoveryDocument } from './endpoints/discovery.ts';
import { endSession, signOutHere } from './endpoints/end-session.ts';
import { answerTokenRequest } from './endpoints/token.ts';
import { answerUserInfoRequest } from './endpoints/user-info.ts';
import { type Fault, replyOf } from './fault.ts';
import { addressOf, type IssuerState, nowSeconds, pathOf } from './issuer-state.ts';
import { type LogoutTarget, makeLogoutToken, sendLogoutToken } from './logout-token.ts';
import type { Claims, EndpointName, Module } from './module.ts';
import type { ModuleName } from './modules.ts';

/** The provider of one module, and what a test makes it do. */
export interface HostileIssuer {
  name: ModuleName;
  module: Module;
  /** Ends in a slash. */
  issuer: string;
  discoveryUri: string;
  jwksUri: string;
  /** Row K13. */
  rotate: KeyRotation;
  readonly signing: SigningKey;
  /** Row K12: at all endpoints or at one, until `recover`. */
  fail(fault: Fault, endpoint?: EndpointName | 'discovery'): void;
  recover(): void;
  /** Every request so far, oldest first. */
  hits: readonly Omit<Hit, 'body'>[];
  /** How often an endpoint was asked. */
  asked(endpoint: EndpointName | 'discovery'): number;
  /** A token in its name, signed right: by the signing key, or by `key`. */
  idToken(claims: Claims, key?: SigningKey): string;
  logoutToken(target: LogoutTarget): string;
  /** Posts one to the client's `backchannelLogoutUri`. */
  sendLogoutToken(target: LogoutTarget): Promise<{ status: number; logoutToken: string }>;
  /** The `sid` of the last sign-in. */
  lastSession(): string | null;
  /** The page that ends a session of this provider, and tells the clients in frames. */
  signOutUrl(sid: string): string;
  /** The link that makes a site start a sign-in (Core §4). */
  loginLink(initiateUri: string, query?: Record<string, string>): string;
}

export interface RunningIssuer extends HostileIssuer {
  /** `path` is what follows the issuer. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const WELL_KNOWN = '.well-known/openid-configuration';
const EVERYWHERE = 'everywhere';

export function createIssuer(state: IssuerState): RunningIssuer {
  const hits: Omit<Hit, 'body'>[] = [];
  const faults = new Map<string, Fault>();
  const placeOf = (endpoint: EndpointName | 'discovery'): string =>
    endpoint === 'discovery' ? WELL_KNOWN : pathOf(state, endpoint);
  return {
    name: state.name,
    module: state.module,
    issuer: state.issuer,
    discoveryUri: state.issuer + WELL_KNOWN,
    jwksUri: addressOf(state, 'jwks'),
    rotate: state.keys.rotate,
    get signing() {
      return state.keys.signing;
    },
    fail(fault, endpoint) {
      faults.set(endpoint === undefined ? EVERYWHERE : placeOf(endpoint), fault);
    },
    recover: () => faults.clear(),
    hits,
    asked(endpoint) {
      const { pathname } = new URL(state.issuer + placeOf(endpoint));
      return hits.filter(({ path }) => path.split('?')[0] === pathname).length;
    },
    idToken: (claims, key = state.keys.signing) => signToken(key, { ...usual(state), ...claims }),
    logoutToken: (target) => makeLogoutToken(state, target),
    sendLogoutToken: (target) => sendLogoutToken(state, target),
    lastSession: () => state.lastSession,
    signOutUrl: (sid) => `${addressOf(state, 'sign_out')}?${new URLSearchParams({ sid })}`,
    loginLink(initiateUri, query = {}) {
      const url = new URL(initiateUri);
      const all = { iss: state.issuer, ...query };
      for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
      return url.href;
    },
    async answer(path, request, response) {
      const { method = 'GET', url = '/', headers } = request;
      hits.push({ method, path: url, headers });
      const fault = faults.get(path) ?? faults.get(EVERYWHERE);
      if (fault) return sendReply(replyOf(fault), request, response);
      await route(state, path, request, response);
    },
  };
}

function usual({ issuer }: IssuerState): Claims {
  return { iss: issuer, iat: nowSeconds(), exp: nowSeconds() + 60 * 60 };
}

async function route(
  state: IssuerState,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const query = new URL(request.url ?? '/', state.issuer).searchParams;
  switch (path) {
    case WELL_KNOWN:
      return sendJson(response, 200, discoveryDocument(state));
    case pathOf(state, 'jwks'):
      return sendJson(response, 200, { keys: keySetOf(state) });
    case pathOf(state, 'authorization'):
      return authorize(state, query, response);
    case pathOf(state, 'token'):
      return answerTokenRequest(state, request, response);
    case pathOf(state, 'userinfo'):
      return answerUserInfoRequest(state, request, response);
    case pathOf(state, 'end_session'):
      return endSession(state, query, response);
    case pathOf(state, 'sign_out'):
      return signOutHere(state, query, response);
    default:
      sendJson(response, 404, { error: 'not_found' });
  }
}

function keySetOf({ keys, module }: IssuerState): unknown[] {
  return module.behaviour.keySet?.(keys) ?? keys.published.map(({ jwk }) => jwk);
}
