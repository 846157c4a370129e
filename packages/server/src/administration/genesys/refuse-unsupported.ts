/**
 * Nothing that a body asks for is lost without a word: a member is taken, or is theirs to read and passed
 * over, or has the one value that we can do; any other must say that it is off.
 */
import { isDeepStrictEqual } from 'node:util';
import { invalid, type VendorDetail } from './vendor-fault.ts';

export type Member =
  | { kind: 'taken' }
  | { kind: 'read-only' }
  | { kind: 'only'; value: unknown; because: string }
  | { kind: 'within'; members: Members };
export type Members = Readonly<Record<string, Member>>;

export const taken: Member = { kind: 'taken' };
export const only = (value: unknown, because: string): Member => ({ kind: 'only', value, because });
export const within = (members: Members): Member => ({ kind: 'within', members });
export const readOnly = (...names: string[]): Members =>
  Object.fromEntries(names.map((name) => [name, { kind: 'read-only' }]));
export const takenAll = (...names: string[]): Members =>
  Object.fromEntries(names.map((name) => [name, taken]));

/** Throws the fault `bad.request` 400 with every place that asks for what we cannot do. */
export function refuseUnsupported(given: object, members: Members): void {
  const details = [...unsupported(given, members, '')];
  if (details.length > 0) throw invalid(details);
}

function* unsupported(given: object, members: Members, path: string): Generator<VendorDetail> {
  for (const [name, value] of Object.entries(given)) {
    const fieldName = path ? `${path}.${name}` : name;
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (member?.kind === 'taken' || member?.kind === 'read-only') continue;
    if (member?.kind === 'within' && isObject(value)) {
      yield* unsupported(value, member.members, fieldName);
    } else if (member?.kind === 'only') {
      if (isDeepStrictEqual(value, member.value)) continue;
      const message = `only ${JSON.stringify(member.value)} is possible here: ${member.because}`;
      yield { fieldName, errorCode: 'not.supported', message };
    } else if (!isOff(value)) {
      const message = 'this is not offered here, so it can only be off or left out';
      yield { fieldName, errorCode: 'not.supported', message };
    }
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What belongs to something that is off asks for nothing. */
function isOff(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isObject(value)) return false;
  if ('enabled' in value) return isOff(value.enabled);
  return Object.values(value).every(isOff);
}
