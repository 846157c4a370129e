/**
 * Content Security Policy (CSP Level 3), as far as a messenger needs it: whether scripts and frames of
 * an origin may load. Several policies hold together: each must allow it.
 */
export interface Policy {
  directives: ReadonlyMap<string, readonly string[]>;
}

/** `header` may hold several policies, separated by commas. */
export function parsePolicies(header: string): Policy[] {
  return header
    .split(',')
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const directives = new Map<string, string[]>();
      for (const part of text.split(';')) {
        const [name, ...values] = part.trim().split(/\s+/);
        if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values);
      }
      return { directives };
    });
}

const SCRIPTS = ['script-src-elem', 'script-src', 'default-src'];
const FRAMES = ['frame-src', 'child-src', 'default-src'];

/** The directive that refuses the URL as a script or frame, and its sources; null: it may load. */
export function refusing(
  policy: Policy,
  kind: 'script' | 'frame',
  url: string,
  page: string,
  nonce: string | null = null,
): { directive: string; sources: readonly string[] } | null {
  const order = kind === 'script' ? SCRIPTS : FRAMES;
  const directive = order.find((name) => policy.directives.has(name));
  if (directive === undefined) return null;
  const sources = policy.directives.get(directive) ?? [];
  // What a trusted script adds is trusted too, and the list of hosts is then not looked at (§8.2)
  if (kind === 'script' && sources.some((source) => keyword(source) === "'strict-dynamic'"))
    return trustsInline(sources, nonce) ? null : { directive, sources };
  return sources.some((source) => matches(source, new URL(url), new URL(page)))
    ? null
    : { directive, sources };
}

/** Whether an inline script may run: by its nonce, by a hash that cannot be judged here, or any. */
export function refusingInline(
  policy: Policy,
  nonce: string | null,
): { directive: string; sources: readonly string[] } | null {
  const directive = SCRIPTS.find((name) => policy.directives.has(name));
  if (directive === undefined) return null;
  const sources = policy.directives.get(directive) ?? [];
  return trustsInline(sources, nonce) ? null : { directive, sources };
}

function trustsInline(sources: readonly string[], nonce: string | null): boolean {
  if (nonce !== null && sources.includes(`'nonce-${nonce}'`)) return true;
  if (sources.some((source) => /^'sha(256|384|512)-/i.test(source))) return true;
  const names = sources.map(keyword);
  // Beside a nonce or hash it counts for nothing (§6.7.3.2)
  const overruled = sources.some((source) => /^'nonce-/i.test(source));
  return names.includes("'unsafe-inline'") && !overruled && !names.includes("'strict-dynamic'");
}

const keyword = (source: string): string =>
  source.startsWith("'") ? source.toLowerCase() : source;

/** §6.7.2.8: a host, a scheme, `*` or `'self'`. */
function matches(source: string, url: URL, page: URL): boolean {
  if (keyword(source) === "'self'") return url.origin === page.origin;
  if (source === '*') return /^https?:$/.test(url.protocol) || url.protocol === page.protocol;
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return schemeFits(source.toLowerCase(), url);
  const parts =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*]+|\[[0-9a-f:]+\])(?::(\d+|\*))?(\/[^?#]*)?$/i.exec(
      source,
    );
  if (!parts) return false;
  const [, scheme, host = '', port, path] = parts;
  const wanted = scheme === undefined ? page.protocol : `${scheme.toLowerCase()}:`;
  return (
    schemeFits(wanted, url) &&
    hostFits(host.toLowerCase(), url.hostname) &&
    portFits(port, url) &&
    pathFits(path, url.pathname)
  );
}

/** http in a policy also allows https. */
const schemeFits = (scheme: string, { protocol }: URL): boolean =>
  protocol === scheme || (scheme === 'http:' && protocol === 'https:');

const hostFits = (host: string, actual: string): boolean =>
  host === '*' || (host.startsWith('*.') ? actual.endsWith(host.slice(1)) : actual === host);

function portFits(port: string | undefined, { port: actual, protocol }: URL): boolean {
  const standard = protocol === 'https:' ? '443' : '80';
  if (port === '*') return true;
  return (port ?? standard) === (actual || standard);
}

const pathFits = (path: string | undefined, actual: string): boolean =>
  path === undefined ||
  path === '/' ||
  (path.endsWith('/') ? actual.startsWith(path) : actual === path);
