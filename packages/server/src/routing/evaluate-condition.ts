import type { ContextVariable, Identity } from '@countersign/protocol';
import type { Condition, Operator } from '../configuration/index.ts';

/** What rules can look at. */
export interface RoutingFacts {
  identity: Identity;
  /** Id of the setting that proved the customer, whether or not the proof still stands. */
  settingId: string | null;
  deploymentId: string;
  locale: string | null;
  context: ContextVariable[];
  contact: Partial<Record<'id' | 'name' | 'email' | 'phone', string>>;
  /** Whether these operating hours are open now. Throws when there are none of this id. */
  isOpen(hoursId: string): boolean;
}

/** Null: does not match. Otherwise the values that made it match, in words. */
export function matches(condition: Condition, facts: RoutingFacts): string[] | null {
  if ('all' in condition) return matchesAll(condition.all, facts);
  if ('any' in condition) return matchesAny(condition.any, facts);
  if ('not' in condition)
    return matches(condition.not, facts) ? null : ['its exception does not apply'];
  const sentence = sentenceOf(condition, facts);
  return sentence === null ? null : [sentence];
}

function matchesAll(conditions: Condition[], facts: RoutingFacts): string[] | null {
  const because: string[] = [];
  for (const condition of conditions) {
    const inner = matches(condition, facts);
    if (!inner) return null;
    because.push(...inner);
  }
  return because;
}

function matchesAny(conditions: Condition[], facts: RoutingFacts): string[] | null {
  for (const condition of conditions) {
    const inner = matches(condition, facts);
    if (inner) return inner;
  }
  return null;
}

type Plain = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;

function sentenceOf(condition: Plain, facts: RoutingFacts): string | null {
  const { identity, deploymentId, locale } = facts;
  if ('authenticated' in condition) {
    const is = identity.state === 'verified';
    return when(is === condition.authenticated, `authenticated is ${is}`);
  }
  if ('identity' in condition)
    return when(condition.identity.includes(identity.state), `identity is ${identity.state}`);
  if ('method' in condition)
    return when(identity.method === condition.method, `method is ${condition.method}`);
  if ('settingId' in condition)
    return when(facts.settingId === condition.settingId, `setting is ${identity.setting}`);
  if ('deploymentId' in condition)
    return when(deploymentId === condition.deploymentId, 'deployment is the one named');
  if ('locale' in condition) return when(speaks(locale, condition.locale), `locale is ${locale}`);
  if ('hoursId' in condition) {
    const open = facts.isOpen(condition.hoursId);
    return when(open === condition.open, `the hours are ${open ? 'open' : 'closed'}`);
  }
  if ('contact' in condition) {
    const value = facts.contact[condition.contact];
    return compare(condition, `contact's ${condition.contact}`, value);
  }
  return ofVariable(condition, facts.context);
}

const when = (holds: boolean, sentence: string): string | null => (holds ? sentence : null);

/** `de` is spoken in `de-AT` too, `de-AT` not everywhere in `de`. */
function speaks(locale: string | null, wanted: string): boolean {
  const [has, wants] = [(locale ?? '').toLowerCase().replace('_', '-'), wanted.toLowerCase()];
  return has === wants || has.startsWith(`${wants}-`);
}

/** A value that is not signed counts as absent where signed ones are asked for. */
function ofVariable(
  condition: Extract<Condition, { variable: string }>,
  context: ContextVariable[],
): string | null {
  const found = context.find(({ name }) => name === condition.variable);
  const counts = found && (!condition.signed || found.origin === 'signed');
  const sentence = compare(condition, condition.variable, counts ? found.value : undefined);
  return sentence && condition.signed && counts ? `${sentence} (signed)` : sentence;
}

/** The operator on a value; `undefined`: there is none. In words, or null. */
function compare(
  operator: Operator,
  name: string,
  value: string | number | undefined,
): string | null {
  if ('hasValue' in operator) {
    const has = value !== undefined && value !== '';
    return when(has === operator.hasValue, `${name} has ${has ? 'a' : 'no'} value`);
  }
  if ('isNot' in operator) {
    const differs = value === undefined || !same(value, operator.isNot);
    return when(differs, `${name} is not ${shown(operator.isNot)}`);
  }
  if (value === undefined) return null;
  if ('is' in operator) return when(same(value, operator.is), `${name} is ${shown(value)}`);
  if ('in' in operator) {
    const among = operator.in.some((item) => same(value, item));
    return when(among, `${name} is ${shown(value)}`);
  }
  if ('contains' in operator) {
    const { contains } = operator;
    return when(String(value).includes(contains), `${name} contains ${shown(contains)}`);
  }
  if ('beginsWith' in operator) {
    const { beginsWith } = operator;
    return when(String(value).startsWith(beginsWith), `${name} begins with ${shown(beginsWith)}`);
  }
  const number = asNumber(value);
  return number === null ? null : compareNumber(operator, name, number);
}

type NumberOperator = Extract<
  Operator,
  | { above: number }
  | { below: number }
  | { atLeast: number }
  | { atMost: number }
  | { between: number[] }
>;

function compareNumber(operator: NumberOperator, name: string, number: number): string | null {
  const is = `${name} ${number} is`;
  if ('above' in operator) return when(number > operator.above, `${is} above ${operator.above}`);
  if ('below' in operator) return when(number < operator.below, `${is} below ${operator.below}`);
  if ('atLeast' in operator)
    return when(number >= operator.atLeast, `${is} at least ${operator.atLeast}`);
  if ('atMost' in operator)
    return when(number <= operator.atMost, `${is} at most ${operator.atMost}`);
  const [from = Number.NaN, to = Number.NaN] = operator.between;
  return when(number >= from && number <= to, `${is} between ${from} and ${to}`);
}

/** Numbers as numbers, quoted or not; texts exactly. */
const same = (value: string | number, wanted: string | number): boolean =>
  typeof value === 'number' || typeof wanted === 'number'
    ? asNumber(value) === asNumber(wanted) && asNumber(value) !== null
    : value === wanted;

const shown = (value: string | number): string => JSON.stringify(value);

function asNumber(value: string | number): number | null {
  if (typeof value === 'number') return value;
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}
