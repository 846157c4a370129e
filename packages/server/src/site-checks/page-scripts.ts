/** The scripts of a page, by text alone: nothing of it is run. */
export interface PageScript {
  /** Null: inline. */
  src: string | null;
  nonce: string | null;
  text: string;
}

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi;
const COMMENT = /<!--[\s\S]*?-->/g;

export function pageScripts(html: string): PageScript[] {
  return [...html.replace(COMMENT, '').matchAll(SCRIPT)].map(([, attributes = '', text = '']) => ({
    src: attribute(attributes, 'src'),
    nonce: attribute(attributes, 'nonce'),
    text,
  }));
}

/** `content` of `<meta http-equiv="Content-Security-Policy">`. */
export function metaPolicies(html: string): string[] {
  return [...html.replace(COMMENT, '').matchAll(/<meta\b([^>]*)>/gi)].flatMap(
    ([, attributes = '']) => {
      const name = attribute(attributes, 'http-equiv')?.toLowerCase();
      const content = attribute(attributes, 'content');
      return name === 'content-security-policy' && content !== null ? [content] : [];
    },
  );
}

function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(
    `(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
    'i',
  ).exec(attributes);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value === undefined ? null : decode(value);
}

const ENTITIES: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };

const decode = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&(amp|quot|apos|lt|gt);/g, (_, name: string) => ENTITIES[name] ?? '');
