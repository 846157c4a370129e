// Somebody in a browser of their own: keeps cookies, and sends what pages of the node send.
import assert from 'node:assert/strict';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test looks into, whatever it is
  body: any;
  location: string | null;
  setCookie: string[];
}

export class Person {
  readonly url: string;
  readonly cookies = new Map<string, string>();
  readonly #userAgent: string;

  constructor(url: string, userAgent = 'Test browser') {
    this.url = url;
    this.#userAgent = userAgent;
  }

  /** Another who starts with nothing but the node's address. */
  static async signedIn(url: string, email: string, password: string): Promise<Person> {
    const person = new Person(url);
    const answer = await person.signIn(email, password);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return person;
  }

  signIn(email: string, password: string): Promise<Answer> {
    return this.call('POST', '/auth/sign-in/email', { email, password });
  }

  async call(method: string, path: string, body?: object): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        origin: this.url,
        'user-agent': this.#userAgent,
        ...(cookie ? { cookie } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const setCookie = response.headers.getSetCookie();
    for (const line of setCookie) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '' || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const location = response.headers.get('location');
    return {
      status: response.status,
      body: isJson && text ? JSON.parse(text) : text,
      location,
      setCookie,
    };
  }

  /** Whether the node takes this browser for somebody who is signed in. */
  async isIn(): Promise<boolean> {
    return (await this.call('GET', '/api/account')).status === 200;
  }
}
