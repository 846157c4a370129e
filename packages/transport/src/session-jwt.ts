/** What a JWT of the exchange says, as far as the client needs it. Not a check: the server checks. */
import { isRecord, type Json, numberAt, parseJson, textAt } from './read.ts';

export interface Person {
  readonly name: string;
  /** Tells two people apart without naming them. */
  readonly identity: string;
}

export function readPerson(jwt: string): Person {
  const claims = claimsOf(jwt);
  return { name: textAt(claims, 'name') ?? '', identity: textAt(claims, 'identity') ?? '' };
}

/** By the node's clock, epoch milliseconds. `untilMs` null: the proof stands as long as the session. */
export function readTimes(jwt: string): { issuedMs: number | null; untilMs: number | null } {
  const claims = claimsOf(jwt);
  const at = (name: string) => {
    const seconds = numberAt(claims, name);
    return seconds === undefined ? null : seconds * 1000;
  };
  return { issuedMs: at('iat'), untilMs: at('until') };
}

function claimsOf(jwt: string): Json {
  const claims = parseJson(decode(jwt.split('.')[1] ?? ''));
  return isRecord(claims) ? claims : {};
}

function decode(segment: string): string {
  try {
    const binary = atob(segment.replace(/-/g, '+').replace(/_/g, '/'));
    return new TextDecoder().decode(
      Uint8Array.from(binary, (character) => character.charCodeAt(0)),
    );
  } catch {
    return '';
  }
}
