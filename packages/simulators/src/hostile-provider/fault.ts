import type { Reply } from '../site/reply.ts';

/** Ways not to answer (row K12). Connections that are reset or refused: `goDown`. */
export const FAULTS = {
  hang: 'accepts the request and never answers',
  reset: 'closes the connection without an answer',
  'error-500': 'answers HTTP 500',
  garbage: 'answers what is not JSON',
  huge: 'answers 10 MB',
} as const;
export type Fault = keyof typeof FAULTS;

const TEN_MB = 10 * 1024 * 1024;

export function replyOf(fault: Fault): Reply {
  switch (fault) {
    case 'hang':
    case 'reset':
      return { kind: fault };
    case 'error-500':
      return { kind: 'body', status: 500, body: 'Internal Server Error' };
    case 'garbage':
      return { kind: 'body', body: '<html>{"issuer":', headers: { 'content-type': 'text/html' } };
    case 'huge':
      return { kind: 'huge', bytes: TEN_MB };
  }
}
