import { Fault } from '../platform/index.ts';
import { shown } from './shown.ts';

const ADVICE: Record<string, string> = {
  outbound_address:
    'the address is private or loopback and not listed in COUNTERSIGN_ALLOW_PRIVATE_HOSTS',
  outbound_insecure: 'the address is http; use https',
  outbound_redirect: 'it answered with a redirect, which is not followed; name the final address',
  outbound_too_large: 'its answer is too large',
  outbound_timeout: 'it did not answer in time',
  outbound_failed: 'no connection',
};

/** Why something could not be fetched, in words for administrators; bodies are never quoted. */
export function fetchProblem(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Fault) return ADVICE[cause.code] ?? cause.code;
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError')
      return 'it did not answer in time';
    if (cause.cause instanceof Response) return `HTTP ${cause.cause.status}`;
    if (!(cause.cause instanceof Error)) return shown(cause.message);
  }
  return 'no connection';
}
