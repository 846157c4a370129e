import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { OAuthError, sendError, sendJson } from '../../hostile-provider/answers.ts';
import { readFields } from '../../site/request.ts';
import { answerAuthorize } from './authorize.ts';
import { publicKeys } from './issue-tokens.ts';
import type {
  ProviderEndpoint,
  ProviderFault,
  ProviderRequest,
  ProviderState,
} from './provider-state.ts';
import { readProfile } from './read-profile.ts';
import { redeemCode } from './redeem-code.ts';

/** Answers one request, or does what the script says instead. */
export async function answerRequest(
  state: ProviderState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', state.issuer);
  const endpoint = endpointAt(pathname);
  if (!endpoint) return void response.writeHead(404).end();
  const method = request.method ?? 'GET';
  const form = method === 'POST' ? await readFields(request) : new URLSearchParams();
  const read: ProviderRequest = { endpoint, method, query, form, headers: request.headers };
  const fault = state.faults.get(endpoint)?.shift();
  state.log.add(read);
  if (fault?.kind === 'slow') await setTimeout(fault.ms);
  if (fault?.kind === 'hold') await fault.until;
  if (fault && breakOff(fault, request, response)) return;
  await answerUsually(state, read, response, fault);
}

function endpointAt(pathname: string): ProviderEndpoint | undefined {
  const name = pathname.slice(1);
  const endpoints: readonly ProviderEndpoint[] = ['authorize', 'token', 'profile', 'jwks'];
  return endpoints.find((endpoint) => endpoint === name);
}

/** Whether the fault was an answer, or the lack of one, already. */
function breakOff(
  fault: ProviderFault,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status).end(fault.body ?? '');
      return true;
    case 'not-json':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome!</p>');
      return true;
    case 'redirect':
      response.writeHead(302, { location: fault.to }).end();
      return true;
    case 'reset':
      request.socket.resetAndDestroy();
      return true;
    case 'hang':
      return true;
    default:
      return false;
  }
}

async function answerUsually(
  state: ProviderState,
  request: ProviderRequest,
  response: ServerResponse,
  fault: ProviderFault | undefined,
): Promise<void> {
  const error = fault?.kind === 'error' ? fault.error : undefined;
  switch (request.endpoint) {
    case 'authorize':
      return answerAuthorize(state, request, response, error);
    case 'jwks':
      return sendJson(response, 200, await publicKeys(state));
    case 'profile': {
      const profile = readProfile(state, request);
      if (profile) return sendJson(response, 200, changed(profile, fault));
      const challenge = { 'www-authenticate': 'Bearer error="invalid_token"' };
      return sendJson(response, 401, { error: 'invalid_token' }, challenge);
    }
    case 'token':
      return answerToken(state, request, response, fault);
  }
}

async function answerToken(
  state: ProviderState,
  request: ProviderRequest,
  response: ServerResponse,
  fault: ProviderFault | undefined,
): Promise<void> {
  try {
    if (fault?.kind === 'error') throw new OAuthError(fault.error, 'as the script says');
    const changes = fault?.kind === 'id-token-claims' ? fault.claims : {};
    sendJson(response, 200, changed(await redeemCode(state, request, changes), fault));
  } catch (cause) {
    if (!(cause instanceof OAuthError)) throw cause;
    sendError(response, cause);
  }
}

function changed(members: Record<string, unknown>, fault: ProviderFault | undefined): object {
  if (fault?.kind === 'claims') return { ...members, ...fault.claims };
  if (fault?.kind === 'oversized') return { ...members, padding: 'x'.repeat(fault.bytes) };
  return members;
}
