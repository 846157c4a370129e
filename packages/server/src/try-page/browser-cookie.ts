/** What binds a sign-in to the browser that began it: the provider's answer counts nowhere else. */
import { randomBytes } from 'node:crypto';
import type { WithHeaders } from '../administration/index.ts';

const VALUE = /^[\w-]{43}$/;
const LIFE_SECONDS = 3_600;

export interface BrowserCookie {
  /** Null: the browser has none. */
  read(request: WithHeaders): string | null;
  /** A `Set-Cookie` line with this value, or with a new one. */
  give(value?: string | null): { value: string; line: string };
}

export function browserCookie(publicUrl: string): BrowserCookie {
  const secure = publicUrl.startsWith('https:');
  const name = `${secure ? '__Host-' : ''}countersign-try`;
  return {
    read({ headers }) {
      const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
      const value = pairs.find(([key]) => key === name)?.[1] ?? '';
      return VALUE.test(value) ? value : null;
    },
    give(known) {
      const value = known ?? randomBytes(32).toString('base64url');
      const flags = `Path=/; Max-Age=${LIFE_SECONDS}; HttpOnly; SameSite=Lax`;
      return { value, line: `${name}=${value}; ${flags}${secure ? '; Secure' : ''}` };
    },
  };
}
