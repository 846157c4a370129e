/** A refused or failed call. `code` is the node's stable code, `unreachable` when there was no answer. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;
  /** The node's sentence for the outside, or null. */
  readonly detail: string | null;
  /** The whole problem as the node wrote it. */
  readonly #problem: string;

  constructor(status: number, code: string, detail: string | null, problem = '{}') {
    super(code);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.#problem = problem;
  }

  /** What else the contract says of a problem with this code. */
  problem<Problem>(): Problem {
    return JSON.parse(this.#problem);
  }
}

type Method = 'GET' | 'PATCH' | 'POST' | 'PUT' | 'DELETE';

let onSignedOut = (): void => {};

/** Called whenever the node answers 401: the session ended. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/**
 * Calls the workspace API. The answer's type is the contract's: the node validates its answers with
 * the same schemas, and it is the node that served this page, so they are not checked twice.
 * Throws `RequestError`.
 */
export async function request<Answer>(
  method: Method,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await send(method, path, body);
  if (response.status === 401) onSignedOut();
  if (!response.ok) throw await refusal(response);
  const text = await response.text();
  return JSON.parse(text === '' ? 'null' : text);
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin' };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json' };
  }
  try {
    return await fetch(path, init);
  } catch {
    throw new RequestError(0, 'unreachable', null);
  }
}

async function refusal(response: Response): Promise<RequestError> {
  const body = await response.text().catch(() => '');
  const problem = readJson(body);
  const text = (name: string): string | null => {
    if (typeof problem !== 'object' || problem === null) return null;
    const value: unknown = Reflect.get(problem, name);
    return typeof value === 'string' ? value : null;
  };
  return new RequestError(
    response.status,
    text('code') ?? 'unknown',
    text('detail') ?? text('title'),
    problem === null ? '{}' : body,
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A query string without what is undefined; empty when there is nothing. */
export function query(values: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
