import { Fault } from '../platform/index.ts';
import { shown } from './shown.ts';

/** Why something could not be fetched, in words for administrators; bodies are never quoted. */
export function fetchProblem(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Fault) return faultProblem(cause);
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError')
      return 'it did not answer in time';
    if (cause.cause instanceof Response) return answerProblem(cause.cause);
    if (!(cause.cause instanceof Error)) return shown(cause.message);
  }
  return 'no connection';
}

function faultProblem({ code, message }: Fault): string {
  const said = message.replace(/\.$/, '');
  return code === 'outbound_redirect' ? `${said}; enter the URL that it leads to` : said;
}

const answerProblem = ({ status }: Response): string =>
  status === 200 ? 'its answer is not a discovery document' : `HTTP ${status}`;
