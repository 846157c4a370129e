/** What stands for your own site in the examples: who is signed in, and files that are served. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

export interface SampleCustomer {
  id: string;
  givenName: string;
  familyName: string;
  email: string;
  cartValue: number;
}

const ada: SampleCustomer = {
  id: 'c-1007',
  givenName: 'Ada',
  familyName: 'Ng',
  email: 'ada@shop.example',
  cartValue: 10_000,
};

/** Several processes of one site share it. */
const secret = process.env.SESSION_SECRET ?? randomBytes(32).toString('hex');
const seal = (id: string): string => createHmac('sha256', secret).update(id).digest('base64url');

/** Who is signed in, from the request's Cookie header; null: nobody. */
export function customerOf(cookie: string | null | undefined): SampleCustomer | null {
  const value = /(?:^|;\s*)session=([^;]+)/.exec(cookie ?? '')?.[1] ?? '';
  const [id = '', sealed = ''] = value.split('.');
  const expected = Buffer.from(seal(id));
  const given = Buffer.from(sealed);
  const isGenuine = given.length === expected.length && timingSafeEqual(given, expected);
  return isGenuine && id === ada.id ? ada : null;
}

/** Set-Cookie of a sign-in. A real site asks for a password first. */
export const signedIn = (): string =>
  `session=${ada.id}.${seal(ada.id)}; Path=/; HttpOnly; SameSite=Lax`;

export const signedOut = (): string => 'session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file of a folder, with the two settings in it filled in; null: there is none. */
export function readPage(
  folder: string,
  path: string,
  settings: { nodeUrl: string; deploymentId: string },
): { type: string; body: string } | null {
  const name = path === '/' ? 'index.html' : normalize(path).replace(/^(\.\.[/\\])+/, '');
  const file = join(folder, name);
  const type = TYPES[extname(file)];
  if (type === undefined || !existsSync(file)) return null;
  const body = readFileSync(file, 'utf8')
    .replaceAll('CHAT_NODE_URL', settings.nodeUrl)
    .replaceAll('CHAT_DEPLOYMENT_ID', settings.deploymentId);
  return { type, body };
}

/** What the page needs for the chat, and nothing inline. `SCRIPT_SRC`: what its framework needs besides. */
export function contentSecurityPolicy(nodeUrl: string): string {
  const scripts = ["'self'", nodeUrl, process.env.SCRIPT_SRC ?? ''].join(' ').trim();
  return `default-src 'self'; script-src ${scripts}; frame-src ${nodeUrl}; object-src 'none'; base-uri 'none'`;
}
