import type { Dispatcher } from 'undici';
import { Fault } from './fault.ts';
import type { OutboundAgent } from './outbound-agent.ts';
import { checkTarget, parseHostList } from './outbound-guard.ts';

export interface OutboundAnswer {
  status: number;
  headers: Headers;
  body: string;
}

/** As it came, not read as text. */
export interface OutboundBytes {
  status: number;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Requests to addresses that an administrator or a discovery document named. Private, loopback and
 * link-local addresses are refused unless `host:port` is allowed (checked on the address actually
 * connected to, so that DNS cannot rebind); redirects are not followed; size and time are capped.
 * Refusals are `Fault`s: `outbound_address`, `outbound_redirect`, `outbound_too_large`,
 * `outbound_timeout`, `outbound_failed`, `outbound_insecure` (http to a host that is not allowed).
 */
export interface Outbound {
  get(
    url: string,
    options?: {
      maxBytes?: number;
      timeoutMs?: number;
      accept?: string;
      headers?: Record<string, string>;
    },
  ): Promise<OutboundAnswer>;
  /** Sends JSON text; any status is an answer. */
  post(
    url: string,
    body: string,
    options: { headers: Record<string, string>; timeoutMs: number },
  ): Promise<OutboundAnswer>;
  /** Sends and answers bytes; any status is an answer. */
  send(
    url: string,
    options: {
      method: 'GET' | 'POST';
      headers: Record<string, string>;
      body?: Uint8Array<ArrayBuffer>;
      timeoutMs: number;
      maxBytes: number;
    },
  ): Promise<OutboundBytes>;
  /** `fetch` with the same guard, for libraries (openid-client). */
  fetch: typeof fetch;
}

interface Caps {
  maxBytes: number;
  timeoutMs: number;
}

const DEFAULT_MAX_BYTES = 64 * 1024;
const DEFAULT_TIMEOUT_MS = 5_000;

/** `allowedHosts`: `host:port`s that may be private and may speak plain http. */
export function createOutbound(options: {
  allowedHosts?: string[];
  timeoutMs?: number;
}): Outbound & { close(): Promise<void> } {
  const allowed = parseHostList(options.allowedHosts ?? []);
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  let agent: Promise<OutboundAgent> | undefined;
  const open = () =>
    (agent ??= import('./outbound-agent.ts').then((m) => m.openAgent(allowed, timeoutMs)));

  async function exchange(request: Request, caps: Caps): Promise<OutboundBytes> {
    const url = checkTarget(request.url, allowed);
    const timeout = AbortSignal.timeout(caps.timeoutMs);
    const signal = AbortSignal.any([request.signal, timeout]);
    try {
      const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
      const { send } = await open();
      const answer = await send(url, {
        method: methodOf(request),
        headers: Object.fromEntries(request.headers),
        body,
        signal,
      });
      return await read(url, answer, caps);
    } catch (error) {
      if (error instanceof Fault) throw error;
      if (timeout.aborted) throw timedOut(url, caps.timeoutMs);
      if (request.signal.aborted) throw error;
      throw failed(url, error);
    }
  }

  return {
    async get(url, options = {}) {
      const { maxBytes = DEFAULT_MAX_BYTES, timeoutMs: patience = timeoutMs } = options;
      const headers = { accept: options.accept ?? 'application/json', ...options.headers };
      const caps = { maxBytes, timeoutMs: patience };
      const answer = await exchange(new Request(checkTarget(url, allowed), { headers }), caps);
      const body = new TextDecoder().decode(answer.bytes);
      return { status: answer.status, headers: answer.headers, body };
    },
    async post(url, body, { headers, timeoutMs: patience }) {
      const request = new Request(checkTarget(url, allowed), {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      });
      const answer = await exchange(request, { maxBytes: DEFAULT_MAX_BYTES, timeoutMs: patience });
      const text = new TextDecoder().decode(answer.bytes);
      return { status: answer.status, headers: answer.headers, body: text };
    },
    async send(url, { method, headers, body, timeoutMs: patience, maxBytes }) {
      const init = { method, headers, ...(body && { body }) };
      const request = new Request(checkTarget(url, allowed), init);
      return exchange(request, { maxBytes, timeoutMs: patience });
    },
    async fetch(input, init) {
      const caps = { maxBytes: DEFAULT_MAX_BYTES, timeoutMs };
      const { status, headers, bytes } = await exchange(new Request(input, init), caps);
      return new Response(bytes.byteLength === 0 ? null : bytes, { status, headers });
    },
    close: async () => (await agent)?.close(),
  };
}

async function read(url: URL, answer: Dispatcher.ResponseData, caps: Caps): Promise<OutboundBytes> {
  const { statusCode: status, body } = answer;
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headers)) {
    for (const value of [values ?? []].flat()) headers.append(name, value);
  }
  try {
    if (status >= 300 && status < 400 && status !== 304) throw redirected(url);
    if (Number(headers.get('content-length') ?? 0) > caps.maxBytes) throw tooLarge(url, caps);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) continue;
      size += chunk.byteLength;
      if (size > caps.maxBytes) throw tooLarge(url, caps);
      chunks.push(chunk);
    }
    return { status, headers, bytes: new Uint8Array(Buffer.concat(chunks)) };
  } finally {
    // Nothing left to hear: the connection is not kept for a server that sends on
    if (!body.readableEnded) body.on('error', () => {}).destroy();
  }
}

function methodOf({ method }: Request): Dispatcher.HttpMethod {
  const known = (['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).find(
    (name) => name === method,
  );
  if (known === undefined) throw new Error('a method that is not used outwards');
  return known;
}

const redirected = ({ host }: URL): Fault =>
  new Fault('outbound_redirect', 502, `${host} redirects elsewhere, which is not followed.`);

const tooLarge = ({ host }: URL, { maxBytes }: Caps): Fault =>
  new Fault('outbound_too_large', 502, `${host} answered with more than ${maxBytes} bytes.`);

const timedOut = ({ host }: URL, timeoutMs: number): Fault =>
  new Fault('outbound_timeout', 504, `${host} did not answer within ${timeoutMs} ms.`);

function failed({ host }: URL, cause: unknown): Fault {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new Fault('outbound_failed', 502, `${host} cannot be reached (${code}).`, { cause });
}
