import { SAMPLE_PASSWORD } from '../../people.ts';

/** Who signs in on the page that comes, and whether they go through with it. */
export interface Person {
  /** The value of the page's `person` field: a subject or an e-mail address. */
  name: string;
  /** Default: the sample password. */
  password?: string;
  /** `cancel`: presses the page's *Cancel*. Default `agree`. */
  choice?: 'agree' | 'cancel';
}

export type Visit =
  /** A navigation that the device takes instead of loading it; `form` when it is a POST. */
  | { kind: 'intercepted'; url: string; form?: URLSearchParams }
  /** A page on which nothing goes further; `status` 0: it could not be loaded. */
  | { kind: 'page'; url: string; status: number; text: string };

const MAX_STEPS = 20;

/** A browser of few words: cookies, redirects, and the one form of a sign-in page (§7.3, §9.3). */
export class WebView {
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  /** Goes on from `url` until `isEnd` says of a navigation that the device takes it. */
  async visit(url: string, isEnd: (url: string) => boolean): Promise<Visit> {
    let next: { url: string; form?: URLSearchParams } = { url };
    for (let step = 0; step < MAX_STEPS; step += 1) {
      if (isEnd(next.url)) return { kind: 'intercepted', ...next };
      const loaded = await this.#load(next.url, next.form);
      if (!loaded) return { kind: 'page', url: next.url, status: 0, text: '' };
      const { response, text } = loaded;
      const location = response.headers.get('location');
      if (location !== null && response.status >= 300 && response.status < 400) {
        next = { url: new URL(location, next.url).href };
        continue;
      }
      const form = response.status === 200 ? this.#fill(next.url, text) : undefined;
      if (!form) return { kind: 'page', url: next.url, status: response.status, text };
      next = form;
    }
    throw new Error(`the sign-in did not end after ${MAX_STEPS} steps`);
  }

  async #load(url: string, form?: URLSearchParams) {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: cookie === '' ? {} : { cookie },
      ...(form ? { method: 'POST', body: form } : {}),
    }).catch(() => undefined);
    if (!response) return undefined;
    for (const line of response.headers.getSetCookie()) keepCookie(jar, line);
    return { response, text: await response.text() };
  }

  /** The page's first POST form, with its hidden fields; a sign-in also gets the person's answer. */
  #fill(url: string, page: string): { url: string; form: URLSearchParams } | undefined {
    const [opening, inside] = /(<form[^>]*>)([\s\S]*?)<\/form>/i.exec(page)?.slice(1) ?? [];
    if (!opening || !/method="?post/i.test(opening)) return undefined;
    const form = new URLSearchParams();
    for (const [input] of (inside ?? '').matchAll(/<input[^>]*type="hidden"[^>]*>/gi))
      form.set(attribute(input, 'name') ?? '', attribute(input, 'value') ?? '');
    const { name, password, choice } = this.#person;
    if (/name="person"/.test(inside ?? '')) {
      if (choice === 'cancel') form.set('cancel', 'yes');
      form.set('person', name);
      form.set('password', password ?? SAMPLE_PASSWORD);
    }
    const action = attribute(opening, 'action') ?? url;
    return { url: new URL(action, url).href, form };
  }
}

function keepCookie(jar: Map<string, string>, line: string): void {
  const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
  if (value === '') jar.delete(name);
  else jar.set(name, value);
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return value?.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
