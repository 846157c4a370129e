import type { JsonObject } from './strict-json.ts';

const LONGEST = { name: 200, email: 320, locale: 35 };
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** What a proven token says of the person (OpenID Connect Core §5.1); what cannot be shown is left out. */
export interface Person {
  name: string | null;
  email: string | null;
  locale: string | null;
}

/** Given and family name first, as the Guest API's display name is made (§9.1), else `name`. */
export function personOf(claims: JsonObject): Person {
  const parts = [claims.given_name, claims.family_name].map((part) => line(part, 100));
  const joined = parts.filter((part) => part !== null).join(' ');
  return {
    name: joined === '' ? line(claims.name, LONGEST.name) : joined,
    email: line(claims.email, LONGEST.email),
    locale: line(claims.locale, LONGEST.locale),
  };
}

function line(value: unknown, longest: number): string | null {
  if (typeof value !== 'string' || INVISIBLE.test(value)) return null;
  const text = value.trim();
  return text === '' || text.length > longest ? null : text;
}
