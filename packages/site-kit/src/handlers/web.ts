/** Handlers of `Request` and `Response`: route handlers of Next.js, Remix, Hono, Astro and SvelteKit. They need Node, not an edge runtime. */
import type { KeyFormat } from '../publish-keys.ts';
import type { SiteKit } from '../site-kit.ts';
import { type Answer, answerKeys, answerToken, type CustomerOf } from './answer.ts';

/** `export const POST = tokenRoute(kit, customerOf)` */
export function tokenRoute(
  kit: SiteKit,
  customerOf: CustomerOf<Request>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { method, headers } = request;
    const asked = { method, site: headers.get('sec-fetch-site') };
    return responseOf(await answerToken(kit, asked, () => customerOf(request)));
  };
}

/** `export const GET = keysRoute(kit)` */
export function keysRoute(
  kit: SiteKit,
  format?: KeyFormat,
): (request: Request) => Promise<Response> {
  return async ({ method }) => responseOf(answerKeys(kit, method, format));
}

const responseOf = ({ status, headers, body }: Answer): Response =>
  new Response(body, { status, headers });
