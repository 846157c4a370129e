import { isMap } from '../object/paths.ts';

/** How a value is compared. `hasNoValue` is written as `hasValue: false`. */
export const textOperators = [
  'is',
  'isNot',
  'contains',
  'beginsWith',
  'in',
  'hasValue',
  'hasNoValue',
] as const;
export const numberOperators = [
  'is',
  'isNot',
  'above',
  'atLeast',
  'below',
  'atMost',
  'between',
  'in',
  'hasValue',
  'hasNoValue',
] as const;
export type Operator = (typeof textOperators)[number] | (typeof numberOperators)[number];

const keys = [...new Set<Operator>([...textOperators, ...numberOperators])];

/** Null: it compares nothing yet. */
export function operatorOf(condition: unknown): Operator | null {
  if (!isMap(condition)) return null;
  if (condition.hasValue === false) return 'hasNoValue';
  return keys.find((key) => Object.hasOwn(condition, key)) ?? null;
}

export const operatorsFor = (type: 'text' | 'number'): readonly Operator[] =>
  type === 'number' ? numberOperators : textOperators;

/** What stands beside the operator. */
export const operandOf = (condition: unknown): unknown => {
  const operator = operatorOf(condition);
  return isMap(condition) && operator ? condition[operator] : undefined;
};

/** The same with another operator. What was compared with stays, where the new one takes the like. */
export function withOperator(
  condition: unknown,
  operator: Operator,
  type: 'text' | 'number',
): unknown {
  const before = operandOf(condition);
  const rest = isMap(condition)
    ? Object.entries(condition).filter(([key]) => !keys.some((known) => known === key))
    : [];
  const base = Object.fromEntries(rest);
  if (operator === 'hasNoValue') return { ...base, hasValue: false };
  return { ...base, [operator]: operandFor(operator, type, before) };
}

function operandFor(operator: Operator, type: 'text' | 'number', before: unknown): unknown {
  if (operator === 'hasValue') return true;
  const [first] = Array.isArray(before) ? before : [before];
  const fits = typeof first === (type === 'number' ? 'number' : 'string');
  if (operator === 'in') return fits ? [first] : [];
  if (operator === 'between') return fits ? [first, first] : [0, 0];
  return fits ? first : type === 'number' ? 0 : '';
}

/** What was written, as the type of the variable has it; what is no number stays as it is. */
export const operandFrom = (text: string, type: 'text' | 'number'): string | number =>
  type === 'number' && /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
