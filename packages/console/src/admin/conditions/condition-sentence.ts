import type { AdminWords } from '../../strings/admin/admin-words.ts';
import { isMap } from '../object/paths.ts';
import { type ConditionKind, isGroup, kindOf, partsOf } from './condition-kinds.ts';
import { operandOf, operatorOf } from './operators.ts';

type Words = AdminWords['rules'];

/** A condition as part of a sentence: `the customer is authenticated and the cart is at least 5000`. */
export function conditionSentence(condition: unknown, w: Words): string {
  const kind = kindOf(condition);
  if (kind === null || !isMap(condition)) return w.missing;
  if (isGroup(kind)) return groupSentence(condition, kind, w);
  if (kind === 'not') return w.clauses.not(conditionSentence(condition.not, w));
  return plainSentence(condition, kind, w);
}

/** A group within a group stands in brackets, so that nobody has to know which binds first. */
function groupSentence(condition: unknown, kind: 'all' | 'any', w: Words): string {
  const parts = partsOf(condition).map((part) => {
    const sentence = conditionSentence(part, w);
    return isGroup(kindOf(part)) && partsOf(part).length > 1 ? `(${sentence})` : sentence;
  });
  return parts.length === 0 ? w.missing : listed(parts, kind === 'all' ? w.and : w.or);
}

/** `a, b and c` */
export function listed(texts: readonly string[], word: string): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} ${word} ${last}`;
}

function plainSentence(
  condition: Record<string, unknown>,
  kind: Exclude<ConditionKind, 'all' | 'any' | 'not'>,
  w: Words,
): string {
  const { clauses } = w;
  const name = nameOf(condition[kind], w);
  switch (kind) {
    case 'authenticated':
      return condition.authenticated === false ? clauses.notAuthenticated : clauses.authenticated;
    case 'identity':
      return clauses.identity(identityStates(condition.identity, w));
    case 'method':
      return clauses.method(memberOf(w.methods, condition.method) ?? w.missing);
    case 'setting':
      return clauses.setting(name);
    case 'deployment':
      return clauses.deployment(name);
    case 'locale':
      return clauses.locale(name);
    case 'hours':
      return condition.open === false ? clauses.closed(name) : clauses.open(name);
    case 'contact':
      return comparison(memberOf(w.contactFields, condition.contact) ?? w.missing, condition, w);
    case 'variable':
      return comparison(condition.signed === true ? clauses.signed(name) : name, condition, w);
  }
}

const identityStates = (states: unknown, w: Words): string => {
  const names = (Array.isArray(states) ? states : []).map(
    (state) => memberOf(w.states, state) ?? w.missing,
  );
  return names.length === 0 ? w.missing : listed(names, w.or);
};

/** What a word list says of a key that came from outside. */
const memberOf = (texts: Readonly<Record<string, string>>, key: unknown): string | null =>
  typeof key === 'string' && Object.hasOwn(texts, key) ? (texts[key] ?? null) : null;

const nameOf = (value: unknown, w: Words): string =>
  typeof value === 'string' && value !== '' ? value : w.missing;

function comparison(subject: string, condition: unknown, w: Words): string {
  const operator = operatorOf(condition);
  const operand = operandOf(condition);
  if (operator === null) return subject;
  const list: unknown[] = Array.isArray(operand) ? operand : [operand];
  if (operator === 'hasValue' || operator === 'hasNoValue') return w.clauses[operator](subject);
  if (operator === 'between') {
    return w.clauses.between(subject, operandText(list[0], w), operandText(list[1], w));
  }
  const texts = list.map((value) => operandText(value, w));
  return w.clauses[operator](subject, texts.length === 0 ? w.missing : listed(texts, w.or));
}

/** Texts in quotes, numbers as they are. */
export function operandText(value: unknown, w: Words): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? w.quoted(value) : w.missing;
}
