import { Fault } from '../platform/index.ts';
import { shown } from './shown.ts';

/** Why something could not be fetched, in words for administrators; bodies are never quoted. */
export function fetchProblem(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Fault) return cause.message.replace(/\.$/, '');
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError')
      return 'it did not answer in time';
    if (cause.cause instanceof Response) return `HTTP ${cause.cause.status}`;
    if (!(cause.cause instanceof Error)) return shown(cause.message);
  }
  return 'no connection';
}
