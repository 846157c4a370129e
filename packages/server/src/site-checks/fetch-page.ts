import { Fault, type Outbound } from '../platform/index.ts';

export interface Fetched {
  url: string;
  status: number;
  headers: Headers;
  body: string;
  /** Milliseconds. */
  tookMs: number;
  /** Milliseconds since the epoch. */
  exchange: { from: number; to: number };
}

const MAX_PAGE_BYTES = 5 * 1_048_576;
/** As long as the messenger waits for a page's function. */
export const PATIENCE_MS = 10_000;

/** Fetches a page, script or document; a problem is a sentence. */
export async function fetchPage(
  outbound: Outbound,
  url: string,
  accept = '*/*',
): Promise<Fetched | { problem: string }> {
  const from = Date.now();
  const started = performance.now();
  try {
    const limits = { maxBytes: MAX_PAGE_BYTES, timeoutMs: PATIENCE_MS, accept };
    const { status, headers, body } = await outbound.get(url, limits);
    const tookMs = Math.round(performance.now() - started);
    return { url, status, headers, body, tookMs, exchange: { from, to: Date.now() } };
  } catch (error) {
    if (error instanceof Fault) return { problem: error.message };
    throw error;
  }
}
