import type { AttemptClaim } from '@countersign/protocol';
import { shown, visible } from '../shown.ts';
import type { JsonObject } from '../strict-json.ts';

/** What says who is meant, by whom and until when; everything else may be about the person. */
const TEXTS = new Set(['iss', 'aud', 'sub', 'azp']);
const TIMES = new Set(['iat', 'nbf', 'exp', 'auth_time']);

const MOST_CLAIMS = 60;
const LONGEST_NAME = 60;
const LONGEST_VALUE = 255;

/** The claims as they may be kept: of a claim that is not on the list only its kind and size. */
export function redactClaims(claims: JsonObject | null): AttemptClaim[] {
  if (claims === null) return [];
  return Object.keys(claims)
    .slice(0, MOST_CLAIMS)
    .map((name) => redacted(name, claims[name]));
}

function redacted(name: string, value: unknown): AttemptClaim {
  const open = openValue(name, value);
  return open === null
    ? { name: visible(name, LONGEST_NAME), shown: kindAndSize(value), redacted: true }
    : { name, shown: open, redacted: false };
}

/** Only of the type that the claim should have: what is put into it by mistake may be a secret. */
function openValue(name: string, value: unknown): string | null {
  if (TIMES.has(name))
    return typeof value === 'number' ? shown(value).slice('number '.length) : null;
  if (!TEXTS.has(name)) return null;
  if (typeof value === 'string') return visible(value, LONGEST_VALUE);
  const list = name === 'aud' && Array.isArray(value) ? value : [];
  const texts = list.filter((item) => typeof item === 'string');
  return texts.length > 0 && texts.length === list.length
    ? visible(texts.join(', '), LONGEST_VALUE)
    : null;
}

function kindAndSize(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `list, ${counted(value.length, 'item')}`;
  switch (typeof value) {
    case 'string':
      return `text, ${counted(value.length, 'character')}`;
    case 'object':
      return `object, ${counted(Object.keys(value).length, 'member')}`;
    case 'boolean':
      return 'yes or no';
    default:
      return typeof value;
  }
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
