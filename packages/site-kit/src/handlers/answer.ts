/** What the two routes answer, for every framework alike. */
import type { Customer } from '../customer.ts';
import type { KeyFormat } from '../publish-keys.ts';
import type { SiteKit } from '../site-kit.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Nobody is signed in: null or undefined. */
export type CustomerOf<Request> = (
  request: Request,
) => Promise<Customer | null | undefined> | Customer | null | undefined;

/** Long enough to take the load of a crowd, short enough for an emergency. */
const KEYS_CACHED = 'public, max-age=300';

export function answerKeys(kit: SiteKit, method: string, format: KeyFormat | undefined): Answer {
  if (method !== 'GET' && method !== 'HEAD') return notAllowed('GET, HEAD');
  const { contentType, body } = kit.publicKeys(format);
  const headers = { 'content-type': contentType, 'cache-control': KEYS_CACHED };
  return { status: 200, headers, body: method === 'HEAD' ? '' : body };
}

/**
 * `site` is the request's Sec-Fetch-Site. Another site's page cannot read the answer, and is not even
 * given one, so that a mistake in the CORS settings of the site hands no customer's token to strangers.
 */
export async function answerToken(
  kit: SiteKit,
  request: { method: string; site: string | null | undefined },
  customerOf: () => ReturnType<CustomerOf<unknown>>,
): Promise<Answer> {
  if (request.method !== 'POST') return notAllowed('POST');
  if (request.site === 'cross-site')
    return plain(403, 'Tokens are given to pages of this site alone.');
  const customer = await customerOf();
  if (!customer) return plain(401, 'Nobody is signed in.');
  return {
    status: 200,
    headers: { 'content-type': 'application/jwt', ...PRIVATE },
    body: kit.sign(customer),
  };
}

const PRIVATE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

const plain = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...PRIVATE },
  body,
});

const notAllowed = (allow: string): Answer => {
  const { headers, ...rest } = plain(405, `Use ${allow}.`);
  return { ...rest, headers: { ...headers, allow } };
};
