/**
 * Requests to Apple's gateway (§2): a fresh token each, and what its answer means for whoever waits (§2.5).
 * Never logs an opaque id, a token or a body.
 */
import type { Logger } from 'pino';
import type { AppleAccount } from '../../configuration/index.ts';
import { type Clock, Fault, type Outbound, type OutboundBytes } from '../../platform/index.ts';
import { signGatewayToken } from './gateway-token.ts';

export interface GatewayParts {
  outbound: Pick<Outbound, 'send'>;
  clock: Clock;
  log: Logger;
  /** Told after each answer whether the gateway knows the account by its token. */
  onHealth?: (account: AppleAccount, healthy: boolean) => void;
}

export interface GatewayMessage {
  /** UUID, the same in every try. */
  id: string;
  /** Opaque id of the customer. */
  destinationId: string;
  /** What stands beside `v`, `id`, `sourceId` and `destinationId`. */
  body: Record<string, unknown>;
  /** A program says it, not a person. */
  autoReply?: boolean;
}

export type GatewayOutcome =
  | { outcome: 'sent'; body: unknown }
  /** `status` null: no answer came. */
  | { outcome: 'retry'; status: number | null; afterMs?: number }
  | { outcome: 'failed'; status: number };

export interface GatewayRequest {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
  timeoutMs?: number;
  maxBytes?: number;
}

export interface Gateway {
  post(
    account: AppleAccount,
    path: '/message' | '/authenticate',
    message: GatewayMessage,
  ): Promise<GatewayOutcome>;
  /** Any other call of the gateway; `body` is what it answered, JSON or null. */
  call(account: AppleAccount, request: GatewayRequest): Promise<GatewayOutcome>;
}

const TIMEOUT_MS = 10_000;
const AUTHENTICATE_TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const MSP_AGENT = 'Countersign';
const [OK, UNAUTHORIZED, FORBIDDEN, REQUEST_TIMEOUT, TOO_MANY] = [200, 401, 403, 408, 429];
/** What may pass by itself; whatever else we refuse to ask stays refused. */
const PASSING = new Set(['outbound_timeout', 'outbound_failed']);

export function createGateway({ outbound, clock, log, onHealth }: GatewayParts): Gateway {
  return {
    post(account, path, { id, destinationId, body, autoReply }) {
      const { businessId: sourceId } = account;
      const envelope = { v: 1, id, ...body, sourceId, destinationId };
      return call(account, {
        method: 'POST',
        path,
        headers: {
          id,
          'destination-id': destinationId,
          'content-type': 'application/json',
          'msp-agent': MSP_AGENT,
          ...(autoReply && { 'auto-reply': 'true' }),
        },
        body: new Uint8Array(Buffer.from(JSON.stringify(envelope))),
        timeoutMs: path === '/authenticate' ? AUTHENTICATE_TIMEOUT_MS : TIMEOUT_MS,
      });
    },
    call,
  };

  async function call(account: AppleAccount, request: GatewayRequest): Promise<GatewayOutcome> {
    const first = await ask(account, request);
    // §2.5: once more with another token, in case the first was made on a clock that was wrong
    const answer =
      isAnswer(first) && first.status === FORBIDDEN ? await ask(account, request) : first;
    if (!isAnswer(answer)) return answer;
    watchHealth(account, answer.status);
    return outcomeOf(answer);
  }

  async function ask(
    account: AppleAccount,
    { method, path, headers = {}, body, timeoutMs = TIMEOUT_MS, maxBytes }: GatewayRequest,
  ): Promise<OutboundBytes | GatewayOutcome> {
    const authorization = `Bearer ${signGatewayToken(account, clock.now())}`;
    try {
      return await outbound.send(`${account.gatewayUrl.replace(/\/$/, '')}${path}`, {
        method,
        headers: { 'source-id': account.businessId, ...headers, authorization },
        ...(body && { body }),
        timeoutMs,
        maxBytes: maxBytes ?? MAX_ANSWER_BYTES,
      });
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      log.warn({ account: account.id, path, code: cause.code }, 'apple: no answer of the gateway');
      return PASSING.has(cause.code)
        ? { outcome: 'retry', status: null }
        : { outcome: 'failed', status: cause.status };
    }
  }

  function watchHealth(account: AppleAccount, status: number): void {
    const refused = status === UNAUTHORIZED || status === FORBIDDEN;
    if (refused)
      log.error({ account: account.id, status }, 'apple: the gateway refuses this account');
    if (refused || status === OK) onHealth?.(account, !refused);
  }
}

const isAnswer = (answer: OutboundBytes | GatewayOutcome): answer is OutboundBytes =>
  'bytes' in answer;

function outcomeOf({ status, headers, bytes }: OutboundBytes): GatewayOutcome {
  if (status === OK) return { outcome: 'sent', body: jsonOf(bytes) };
  if (status >= 500 || status === REQUEST_TIMEOUT) return { outcome: 'retry', status };
  if (status !== TOO_MANY) return { outcome: 'failed', status };
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const asked = Number.isFinite(seconds) && seconds >= 0;
  return { outcome: 'retry', status, ...(asked && { afterMs: seconds * 1000 }) };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
