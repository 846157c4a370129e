import { isUtf8 } from 'node:buffer';

export type JsonObject = { [name: string]: unknown };
export type StrictJson = { value: JsonObject } | { problem: string };

/** Deeper nesting has no use in a token and only costs time (RFC 8725 §3.7, row T22). */
const MAX_DEPTH = 32;

/**
 * Parses what two parsers could read differently in no more than one way: strict UTF-8 without a
 * byte order mark, an object, no member twice at any depth (RFC 7515 §4, RFC 7519 §4), finite numbers.
 */
export function parseStrictJson(bytes: Buffer): StrictJson {
  if (!isUtf8(bytes)) return { problem: 'not UTF-8' };
  return parseStrictText(bytes.toString('utf8'));
}

/** The same for text that is decoded already. */
export function parseStrictText(text: string): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: text.startsWith('\uFEFF') ? 'begins with a byte order mark' : 'not JSON' };
  }
  if (!isObject(value)) return { problem: 'not a JSON object' };
  const problem = problemOf(value, text);
  return problem === null ? { value } : { problem };
}

function problemOf(value: JsonObject, text: string): string | null {
  if (!isWithin(MAX_DEPTH, value)) return `nested deeper than ${MAX_DEPTH}`;
  // Most issuers write JSON as the engine does. Text that comes out again says nothing twice.
  if (JSON.stringify(value) === text) return null;
  if (saysTwice(text)) return 'a member twice';
  return allFinite(value) ? null : 'a number out of range';
}

function isWithin(depth: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isWithin(depth - 1, inner));
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an object has a member twice. `text` is valid JSON, which keeps this simple. */
function saysTwice(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names && isName(text, end)) {
        const name = nameIn(text, at, end);
        if (names.has(name)) return true;
        names.add(name);
      }
      at = end;
    } else if (character === OPEN_BRACE) open.push(new Set());
    else if (character === OPEN_BRACKET) open.push(null);
    else if (character === CLOSE_BRACE || character === CLOSE_BRACKET) open.pop();
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const SPACE = 0x20;

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let character = text.charCodeAt(at); character !== QUOTE; character = text.charCodeAt(at))
    at += character === BACKSLASH ? 2 : 1;
  return at;
}

/** In valid JSON a string is a member's name exactly when a colon follows it. */
function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (text.charCodeAt(at) <= SPACE) at++;
  return text.charCodeAt(at) === COLON;
}

/** Names are compared as they read after their escapes: `"sub"` is `sub`. */
function nameIn(text: string, start: number, end: number): string {
  const name = text.slice(start + 1, end);
  return name.includes('\\') ? String(JSON.parse(text.slice(start, end + 1))) : name;
}

function allFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(allFinite);
}
