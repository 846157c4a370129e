import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SiteKit } from '../site-kit.ts';
import { type Answer, answerKeys, answerToken, type CustomerOf } from './answer.ts';
import { type Paths, pathsOf } from './paths.ts';

/**
 * For `node:http`: resolves with true when the request was for one of the two routes and is answered. Rejects
 * when `customerOf` does, or the token cannot be signed; nothing is answered then.
 */
export function nodeHandler<Request extends IncomingMessage>(
  kit: SiteKit,
  options: Paths & { customerOf: CustomerOf<Request> },
): (request: Request, response: ServerResponse) => Promise<boolean> {
  const { tokenPath, keysPath } = pathsOf(options);
  return async (request, response) => {
    const [path] = (request.url ?? '').split('?');
    const { method = 'GET', headers } = request;
    if (path === keysPath) send(response, answerKeys(kit, method, options.keyFormat));
    else if (path === tokenPath) {
      const site = headers['sec-fetch-site']?.toString();
      const customerOf = () => options.customerOf(request);
      send(response, await answerToken(kit, { method, site }, customerOf));
    } else return false;
    return true;
  };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}
