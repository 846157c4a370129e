import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Business } from '../business.ts';
import type { GatewayFault } from '../fault-script.ts';
import type { GatewayState } from '../gateway-state.ts';
import type { GatewayPath } from '../journal.ts';
import type { Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { acceptMessage } from './accept-message.ts';
import type { Answer } from './answer.ts';
import { authorizeCall } from './authorize-call.ts';
import { type Call, headerOf, readCall } from './call.ts';
import { inTurn } from './in-turn.ts';
import {
  answerDecode,
  answerDownload,
  answerUpload,
  openDownload,
  openUpload,
} from './transfers.ts';

type Respond = (state: GatewayState, call: Call, business: Business) => Promise<Answer>;

/** The map of §2.1. */
const routes: Readonly<Record<string, { path: GatewayPath; method: string; respond: Respond }>> = {
  '/v1/message': { path: 'message', method: 'POST', respond: inTurn(acceptMessage) },
  '/v1/authenticate': { path: 'authenticate', method: 'POST', respond: inTurn(acceptMessage) },
  '/v1/preUpload': { path: 'preUpload', method: 'GET', respond: openUpload },
  '/v1/preDownload': { path: 'preDownload', method: 'GET', respond: openDownload },
  '/v1/decodePayload': { path: 'decodePayload', method: 'POST', respond: answerDecode },
};

/** Answers `/v1/…` and the blob host's `/blob/…`; every refusal is in the journal. */
export async function answerApi(
  state: GatewayState,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<void> {
  const route = routes[pathname];
  const blob = /^\/blob\/(upload|download)\/([\w-]+)$/.exec(pathname);
  if (route) {
    const { path, method, respond } = route;
    const run = async (call: Call) => respond(state, call, await authorizeCall(state, call));
    return answerCall(state, request, response, { path, method, run });
  }
  if (blob?.[1] === 'upload') {
    const run = (call: Call) => answerUpload(state, call, blob[2] ?? '');
    return answerCall(state, request, response, { path: 'upload', method: 'POST', run });
  }
  if (blob) {
    const run = (call: Call) => answerDownload(state, call, blob[2] ?? '');
    return answerCall(state, request, response, { path: 'download', method: 'GET', run });
  }
  const refusal = new Refusal('2.1', 404, 'unknown_path', `there is no ${pathname}`);
  reject(state, 'unknown', undefined, refusal);
  send(response, answerOf(refusal));
}

interface Route {
  path: GatewayPath;
  method: string;
  run(call: Call): Promise<Answer>;
}

async function answerCall(
  state: GatewayState,
  request: IncomingMessage,
  response: ServerResponse,
  route: Route,
): Promise<void> {
  const { path } = route;
  const fault = state.script.take(path);
  const call = await readCall(path, request);
  const isLost = fault?.kind === 'status' || fault?.kind === 'reset';
  if (fault?.kind === 'delay') await setTimeout(fault.ms);
  if (fault?.kind === 'hold') await fault.until;
  const isDone = fault?.kind !== 'hang' && !(isLost && fault.afterAccepting !== true);
  const answer = isDone ? await runCall(state, call, route) : { status: 200 };
  const sent = fault ? misbehave(fault, answer, request, response) : send(response, answer);
  state.journal.call({
    path,
    id: headerOf(call, 'id'),
    status: sent,
    headers: call.headers,
    body: bodyOf(call),
  });
}

async function runCall(state: GatewayState, call: Call, route: Route): Promise<Answer> {
  try {
    if (call.method !== route.method)
      throw new Refusal('2.1', 405, 'wrong_method', `${call.method} instead of ${route.method}`);
    return await route.run(call);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    reject(state, call.path, headerOf(call, 'id'), cause);
    return answerOf(cause);
  }
}

/** Returns the status that went out; 0 when none did. */
function misbehave(
  fault: GatewayFault,
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): number {
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, fault.headers ?? {}).end(fault.body ?? '');
      return fault.status;
    case 'reset':
      request.socket.resetAndDestroy();
      return 0;
    case 'hang':
      return 0;
    case 'truncate':
      return send(response, { ...answer, ...truncated(answer, fault.bytes) });
    case 'delay':
    case 'hold':
      return send(response, answer);
  }
}

const truncated = ({ bytes }: Answer, length: number) =>
  bytes ? { bytes: bytes.slice(0, length) } : {};

function send(response: ServerResponse, { status, json, bytes }: Answer): number {
  const type = json ? 'application/json' : 'application/octet-stream';
  const body = json ? JSON.stringify(json) : (bytes ?? '');
  const headers = body === '' ? {} : { 'content-type': type };
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end(body);
  return status;
}

const answerOf = ({ row, status, code, message }: Refusal): Answer => ({
  status,
  json: { row, error: code, detail: message },
});

function reject(
  { journal }: GatewayState,
  path: GatewayPath | 'unknown',
  id: string | undefined,
  { row, status, code, message: detail }: Refusal,
): void {
  journal.reject({ path, row, status, code, detail, id });
}

function bodyOf({ path, bytes }: Call): Json | undefined {
  if (path !== 'message' && path !== 'authenticate') return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
