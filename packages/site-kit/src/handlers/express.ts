import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SiteKit } from '../site-kit.ts';
import type { CustomerOf } from './answer.ts';
import { nodeHandler } from './node-http.ts';
import type { Paths } from './paths.ts';

/** For Express, Connect and their kind: `app.use(expressHandlers(kit, { customerOf }))`, after the session's middleware. */
export function expressHandlers<Request extends IncomingMessage>(
  kit: SiteKit,
  options: Paths & { customerOf: CustomerOf<Request> },
): (request: Request, response: ServerResponse, next: (error?: unknown) => void) => void {
  const handle = nodeHandler(kit, options);
  return (request, response, next) => {
    handle(request, response).then((answered) => {
      if (!answered) next();
    }, next);
  };
}
