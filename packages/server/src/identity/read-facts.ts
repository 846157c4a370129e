import type { CheckLog } from './check-log.ts';
import { shown } from './shown.ts';
import { type JsonObject, parseStrictText } from './strict-json.ts';
import type { ProvenIdentity } from './verdict.ts';

type Facts = ProvenIdentity['facts'];
type Fact = Facts[string];

const MOST = 100;
const LONGEST_NAME = 100;
const LONGEST_VALUE = 4000;

/**
 * `lwicontexts` (omnichannel-chat.md §1.4): a string that holds a JSON object of primitives. Facts
 * do not decide who the person is: what cannot be used is recorded as a failed check and left out,
 * and the person stays proven.
 */
export function readContexts(claims: JsonObject, log: CheckLog): Facts {
  const { lwicontexts } = claims;
  if (lwicontexts === undefined) return {};
  const parsed =
    typeof lwicontexts === 'string'
      ? parseStrictText(lwicontexts)
      : { problem: `${typeof lwicontexts}, not a string` };
  if ('value' in parsed) return keepUsable('lwicontexts', parsed.value, log);
  log.note('lwicontexts', `not used: ${parsed.problem}`, 'a string that holds a JSON object');
  return {};
}

/** The setting's `contextClaims` of an ID token, by exact name; absent ones are no fault. */
export function readContextClaims(claims: JsonObject, names: string[], log: CheckLog): Facts {
  const present = names.filter((name) => Object.hasOwn(claims, name));
  if (names.length === 0) return {};
  const values = Object.fromEntries(present.map((name) => [name, claims[name]]));
  return keepUsable('context claims', values, log);
}

/** Every claim of a profile that is a string, number or boolean; others are no fault. */
export function readScalarClaims(claims: JsonObject, log: CheckLog): Facts {
  const scalars = Object.entries(claims).filter(([, value]) => isFact(value));
  return keepUsable('profile claims', Object.fromEntries(scalars), log);
}

function keepUsable(check: string, values: JsonObject, log: CheckLog): Facts {
  const kept: [string, Fact][] = [];
  const left: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const problem = kept.length === MOST ? `more than ${MOST}` : factProblem(name, value);
    if (problem !== null) left.push(`${shown(name)} (${problem})`);
    else if (isFact(value)) kept.push([name, value]);
  }
  if (left.length === 0) log.pass(check, `used: ${kept.length}`);
  else
    log.note(
      check,
      `used: ${kept.length}; not used: ${left.slice(0, 10).join(', ')}`,
      `at most ${MOST} names of ${LONGEST_NAME} characters with a string, number or boolean of ${LONGEST_VALUE}`,
    );
  return Object.fromEntries(kept);
}

const isFact = (value: unknown): value is Fact =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function factProblem(name: string, value: unknown): string | null {
  if (!isFact(value))
    return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  if (name === '' || name.length > LONGEST_NAME) return 'length of the name';
  if (!storable(name)) return 'name not storable';
  if (typeof value !== 'string') return null;
  if (value.length > LONGEST_VALUE) return `${value.length} characters`;
  return storable(value) ? null : 'holds U+0000 or half a character';
}

/** PostgreSQL holds neither U+0000 nor a lone surrogate. */
const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
