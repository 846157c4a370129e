import { clockSkewOf, type KeySet, parseKeySet } from '../../identity/index.ts';
import type { Outbound } from '../../platform/index.ts';
import { type Checklist, type Fetched, fetchPage } from '../../site-checks/index.ts';

/** Where portals of one widespread kind publish their key. */
const USUAL_PATH = '/_services/auth/publickey';
const SLOW_MS = 2_000;
/** The node waits so long for keys. */
const LIMIT_MS = 10_000;
export const MOST_SKEW_SECONDS = 30;
const DAY_MS = 86_400_000;
const SOON_MS = 14 * DAY_MS;

/** The keys of a site that signs its own tokens. Null: there are none to try a token with. */
export async function checkKeys(
  named: string | null,
  page: string,
  { outbound, list }: { outbound: Outbound; list: Checklist },
): Promise<{ url: string; text: string } | null> {
  const url = named ?? new URL(USUAL_PATH, page).href;
  const answer = await fetchPage(outbound, url);
  const refused =
    'problem' in answer ? answer.problem : answer.status === 200 ? null : `HTTP ${answer.status}`;
  if (
    named === null &&
    (refused !== null || ('body' in answer && parseKeySet(answer.body) === null))
  ) {
    list.skip(
      'keys',
      `their URL is not public: give it with --keys URL (nothing is at ${USUAL_PATH})`,
    );
    return null;
  }
  if (refused !== null || 'problem' in answer) {
    list.fail(
      'keys',
      `${url}: ${refused}`,
      'Publish the public keys there, readable without signing in, or correct the URL.',
    );
    return null;
  }
  const set = parseKeySet(answer.body);
  if (set === null) {
    const seen = /^\s*</.test(answer.body) ? 'an HTML page' : 'something else';
    list.fail(
      'keys',
      `${url} gives ${seen}`,
      'It must answer one PEM public key, an array of {kid, publicKey, expiry}, or a JWK set.',
    );
    return null;
  }
  list.ok('keys', `${url}: ${formatOf(answer.body)}`);
  checkTime(answer, list);
  checkClock('keys: clock', answer, list);
  checkUsable(set, list);
  return { url, text: answer.body };
}

function formatOf(body: string): string {
  const text = body.trim();
  if (text.startsWith('-----BEGIN')) return 'PEM';
  return text.startsWith('[') ? 'key array' : 'JWK set';
}

function checkTime({ tookMs }: Fetched, list: Checklist): void {
  const name = 'keys: answer time';
  if (tookMs < SLOW_MS) list.ok(name, `${tookMs} ms`);
  else
    list.warn(
      name,
      `${tookMs} ms`,
      `The limit is ${LIMIT_MS / 1000} s: serve the keys from a cache.`,
    );
}

/** The page's server and that of the keys: tokens carry the time of the one that signs. */
export function checkClock(name: string, { headers, exchange }: Fetched, list: Checklist): void {
  const skew = clockSkewOf(headers, exchange);
  if (skew === null) list.skip(name, 'the answer has no Date');
  else if (Math.abs(skew) <= MOST_SKEW_SECONDS) list.ok(name, `${Math.abs(skew)} s apart`);
  else
    list.fail(
      name,
      `${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine`,
      'Set the clock of the server by NTP; tokens whose times differ by more than the tolerance are refused.',
    );
}

function checkUsable({ keys, unusable }: KeySet, list: Checklist): void {
  const now = Date.now();
  for (const { kid, why } of unusable)
    list.fail(
      `key ${kid ?? 'without kid'}`,
      why,
      'Publish an RSA public key of 2048 bits or more, for RS256.',
    );
  for (const { kid, signatureBytes, expiresAt } of keys) {
    const name = `key ${kid ?? 'without kid'}`;
    const ends =
      expiresAt === null ? 'no end' : `until ${new Date(expiresAt).toISOString().slice(0, 10)}`;
    const observed = `RSA, ${signatureBytes * 8} bits, ${ends}`;
    if (expiresAt !== null && expiresAt <= now)
      list.fail(name, observed, 'It has ended: publish another key and sign with it.');
    else if (expiresAt !== null && expiresAt - now < SOON_MS)
      list.warn(name, observed, 'Publish the next key now, and sign with it before this one ends.');
    else list.ok(name, observed);
  }
  if (keys.length === 0 && unusable.length === 0)
    list.fail(
      'keys: usable',
      'an empty list',
      'Publish the public key that belongs to the signing key.',
    );
}
