import { isObject, type JsonObject } from '../strict-json.ts';
import { type ImportedKey, importJwk, importPem, unusable } from './import-key.ts';
import type { KeySet } from './public-key.ts';

const MOST_KEYS = 100;
const LONGEST_KID = 128;

/**
 * What a key URL may answer: one PEM; an array of `{kid, publicKey, expiry}` (omnichannel-chat.md
 * §1.2); a JWK set (RFC 7517 §5). A key that cannot be used is listed and left out; the others work.
 * Null: none of the three.
 */
export function parseKeySet(body: string): KeySet | null {
  const text = body.trim();
  if (text.startsWith('-----BEGIN')) return keySet([importPem(text, null, null)]);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (Array.isArray(parsed)) return keySet(parsed.slice(0, MOST_KEYS).map(importArrayMember));
  if (isObject(parsed) && Array.isArray(parsed.keys))
    return keySet(parsed.keys.slice(0, MOST_KEYS).map(importJwkMember));
  return null;
}

function importArrayMember(member: unknown): ImportedKey {
  if (!isObject(member)) return unusable(null, 'not an object');
  const { kid, publickey, expiry } = lowerCaseNames(member);
  if (!isKid(kid)) return unusable(null, 'without a kid');
  if (typeof publickey !== 'string') return unusable(kid, 'without publicKey');
  if (expiry !== undefined && !(typeof expiry === 'number' && Number.isFinite(expiry)))
    return unusable(kid, 'expiry is not a number of seconds');
  const pem = Buffer.from(publickey, 'base64').toString('latin1');
  return importPem(pem, kid, typeof expiry === 'number' ? expiry * 1000 : null);
}

const lowerCaseNames = (member: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(member).map(([name, value]) => [name.toLowerCase(), value]));

function importJwkMember(member: unknown): ImportedKey {
  if (!isObject(member)) return unusable(null, 'not an object');
  const { kid } = member;
  if (kid !== undefined && !isKid(kid)) return unusable(null, 'kid is not a usable string');
  return importJwk(member, kid ?? null);
}

const isKid = (kid: unknown): kid is string =>
  typeof kid === 'string' && kid.length >= 1 && kid.length <= LONGEST_KID;

/** A `kid` that two keys share chooses neither (RFC 7517 §4.5). */
function keySet(members: ImportedKey[]): KeySet {
  const keys = members.flatMap((member) => ('key' in member ? [member.key] : []));
  const twice = new Set<string>();
  for (const [at, { kid, key }] of keys.entries())
    if (
      kid !== null &&
      keys.some((other, i) => i < at && other.kid === kid && !other.key.equals(key))
    )
      twice.add(kid);
  return {
    keys: keys.filter(({ kid }) => kid === null || !twice.has(kid)),
    unusable: [
      ...members.flatMap((member) => ('unusable' in member ? [member.unusable] : [])),
      ...[...twice].map((kid) => ({ kid, why: 'two different keys share this kid' })),
    ],
  };
}
