import { isMap } from '../object/paths.ts';

/** What a condition of a rule can ask for; its key says which it is. The last three have conditions in them. */
export const conditionKinds = [
  'authenticated',
  'identity',
  'method',
  'setting',
  'deployment',
  'locale',
  'hours',
  'contact',
  'variable',
  'all',
  'any',
  'not',
] as const;
export type ConditionKind = (typeof conditionKinds)[number];

/** Null: it is none yet. */
export const kindOf = (condition: unknown): ConditionKind | null =>
  isMap(condition) ? (conditionKinds.find((kind) => Object.hasOwn(condition, kind)) ?? null) : null;

export const isGroup = (kind: ConditionKind | null): kind is 'all' | 'any' =>
  kind === 'all' || kind === 'any';

/** With what one of a kind begins. */
export const freshCondition = (kind: ConditionKind): unknown =>
  ({
    authenticated: { authenticated: true },
    identity: { identity: ['verified'] },
    method: { method: 'openid-connect' },
    setting: { setting: '' },
    deployment: { deployment: '' },
    locale: { locale: '' },
    hours: { hours: '', open: true },
    contact: { contact: 'email', hasValue: true },
    variable: { variable: '', is: '' },
    all: { all: [{ authenticated: true }] },
    any: { any: [{ authenticated: true }] },
    not: { not: { authenticated: true } },
  })[kind];

/** The conditions of a group; of any other there are none. */
export function partsOf(condition: unknown): unknown[] {
  const kind = kindOf(condition);
  if (!isGroup(kind) || !isMap(condition)) return [];
  const parts = condition[kind];
  return Array.isArray(parts) ? parts : [];
}

/** The same condition as another kind: what it says is kept where the new kind has room for it. */
export function asKind(condition: unknown, kind: ConditionKind): unknown {
  const before = kindOf(condition);
  if (before === kind || before === null) return before === kind ? condition : freshCondition(kind);
  if (isGroup(kind)) return { [kind]: isGroup(before) ? partsOf(condition) : [condition] };
  return kind === 'not' ? { not: condition } : freshCondition(kind);
}

/** With a further condition beside it, of which all or any have to hold. */
export function withFurther(condition: unknown, group: 'all' | 'any'): unknown {
  const parts = kindOf(condition) === group ? partsOf(condition) : [condition];
  return { [group]: [...parts, freshCondition('authenticated')] };
}

/** A group of one is that one: the file stays as one would write it. */
export function withoutPart(condition: unknown, place: number): unknown {
  const kind = kindOf(condition);
  const left = partsOf(condition).toSpliced(place, 1);
  return left.length === 1 || kind === null ? left[0] : { [kind]: left };
}
