/** The part of a browser's WebSocket that the transport uses. */
export interface SocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: (() => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

/** The transport's whole outside world. A test hands in its own. */
export interface Environment {
  /** Opens a socket to an absolute ws(s) URL. */
  webSocket(url: string): SocketLike;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Epoch milliseconds. */
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void;
  /** A version 4 UUID. */
  uuid(): string;
  /** Runs one at a time under a name among all that share the store, where the platform can tell. */
  lock<T>(name: string, run: () => Promise<T>): Promise<T>;
}

/** The world of a browser, or of Node 22 and later. */
export function standardEnvironment(): Environment {
  return {
    webSocket: (url) => new WebSocket(url) as SocketLike,
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    random: () => Math.random(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    uuid,
    lock,
  };
}

/** Web Locks, where there are any: not on plain HTTP, and not where the browser denies storage. */
async function lock<T>(name: string, run: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return run();
  let isHeld = false;
  try {
    return await locks.request(name, () => {
      isHeld = true;
      return run();
    });
  } catch (cause) {
    if (isHeld) throw cause;
    return run();
  }
}

/** Not `crypto.randomUUID`: browsers offer that in secure contexts only, and a node may run on plain HTTP in a LAN. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
