/** Providers of a test's own making, each at `/<name>` of the bench's site; every page can be changed. */
import { type SigningKey, signToken } from '@countersign/simulators';
import type { IdentityUnderTest, Page } from './identity-under-test.ts';

export const CLIENT_ID = 'countersign';

export interface ScriptedProvider {
  base(name: string): string;
  /** Publishes a provider that does everything right, but for `changes` in its discovery document. */
  publish(name: string, changes?: Record<string, unknown>): string;
  /** What it answers at `/<name>/<path>`: JSON, text, or a whole page. */
  page(path: string, body: unknown): void;
  answer(path: string, page: Page): void;
  /** What its token endpoint answers. */
  token(name: string, answer: unknown): void;
  /** An ID token for our client, right but for the changes. */
  idToken(name: string, claims?: Record<string, unknown>, key?: SigningKey): string;
  /** Requests so far. */
  fetches(path: string): number;
  /** The form fields and headers of the last request to `/<name>/<path>`. */
  lastRequest(path: string): { form: URLSearchParams; authorization: string | undefined };
}

export function scriptedProvider(bench: IdentityUnderTest, key: SigningKey): ScriptedProvider {
  const base = (name: string): string => `${bench.site.url}/${name}`;
  const page = (path: string, body: unknown): void => {
    bench.pages.set(path, typeof body === 'string' ? body : JSON.stringify(body));
  };
  const idToken: ScriptedProvider['idToken'] = (name, claims = {}, signer = key) => {
    const now = Math.floor(bench.clock.now() / 1000);
    const own = { iss: base(name), aud: CLIENT_ID, sub: 'ada', iat: now, exp: now + 3600 };
    return signToken(signer, { ...own, ...claims });
  };
  const token = (name: string, answer: unknown): void => page(`/${name}/token`, answer);
  return {
    base,
    page,
    token,
    idToken,
    answer: (path, whole) => void bench.pages.set(path, whole),
    publish(name, changes = {}) {
      page(`/${name}/.well-known/openid-configuration`, {
        issuer: base(name),
        token_endpoint: `${base(name)}/token`,
        jwks_uri: `${base(name)}/jwks`,
        ...changes,
      });
      page(`/${name}/jwks`, { keys: [key.jwk] });
      token(name, { id_token: idToken(name), access_token: 'opaque', expires_in: '600' });
      return `${base(name)}/.well-known/openid-configuration`;
    },
    fetches: (path) => bench.site.hits.filter((hit) => hit.path === path).length,
    lastRequest(path) {
      const hit = bench.site.hits.findLast((one) => one.path === path);
      return {
        form: new URLSearchParams(hit?.body ?? ''),
        authorization: hit?.headers.authorization,
      };
    },
  };
}
