import type { OpenedConfigurationFile } from '@countersign/protocol';
import type { FileFaults } from './faults.ts';
import { nearest } from './nearest.ts';

type Workstream = OpenedConfigurationFile['workstreams'][number];
export type FileCondition = Workstream['routeToQueue'][number]['when'];
type VariableCondition = Extract<FileCondition, { variable: string }>;
type VariableTypes = ReadonlyMap<string, 'text' | 'number'>;

const MAX_DEPTH = 8;

const TEXT_OPERATORS = ['is', 'isNot', 'contains', 'beginsWith', 'in', 'hasValue'] as const;
const ORDER_OPERATORS = ['above', 'below', 'atLeast', 'atMost', 'between'] as const;
const PATTERN_OPERATORS = ['contains', 'beginsWith'] as const;

/** Rules speak of variables the workstream defines, in the variable's own type. */
export function checkConditions(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.workstreams.forEach((workstream, index) => {
    const path = `workstreams[${index}]`;
    const types = variableTypes(workstream, path, faults);
    workstream.classification.forEach(({ rules }, ruleset) => {
      rules.forEach(({ when, set }, rule) => {
        const at = `${path}.classification[${ruleset}].rules[${rule}]`;
        checkCondition(when, `${at}.when`, types, faults);
        set.forEach((value, place) => {
          checkSet(value, `${at}.set[${place}]`, types, faults);
        });
      });
    });
    workstream.routeToQueue.forEach((rule, place) => {
      const at = `${path}.routeToQueue[${place}]`;
      checkCondition(rule.when, `${at}.when`, types, faults);
      checkTarget(rule, at, faults);
    });
  });
}

function checkSet(
  { variable, value }: { variable: string; value: string | number },
  path: string,
  types: VariableTypes,
  faults: FileFaults,
): void {
  const type = types.get(variable);
  if (!type) reportUndefined(variable, `${path}.variable`, types, faults);
  else if (typeof value !== (type === 'number' ? 'number' : 'string')) {
    faults.report(
      `${path}.value`,
      `expected ${operandOf(type)}: ${JSON.stringify(variable)} is a ${type} variable`,
    );
  }
}

const operandOf = (type: 'text' | 'number'): string =>
  type === 'number' ? 'a number without quotes' : 'a text in quotes';

/** One queue, or several whose percentages make 100. */
function checkTarget(
  { queue, allocate }: Workstream['routeToQueue'][number],
  path: string,
  faults: FileFaults,
): void {
  if ((queue === undefined) === (allocate === undefined)) {
    const found = queue === undefined ? 'neither' : 'both';
    faults.report(path, `expected either queue or allocate, found ${found}`);
  }
  const sum = (allocate ?? []).reduce((total, { percent }) => total + percent, 0);
  if (allocate && sum !== 100)
    faults.report(`${path}.allocate`, `expected percentages that make 100, found ${sum}`);
}

function variableTypes({ contextVariables }: Workstream, path: string, faults: FileFaults) {
  const types = new Map<string, 'text' | 'number'>();
  contextVariables.forEach(({ name, type }, index) => {
    if (!types.has(name)) types.set(name, type);
    else {
      const at = `${path}.contextVariables[${index}].name`;
      faults.report(at, `expected another name: ${JSON.stringify(name)} is defined already`);
    }
  });
  return types;
}

/** The conditions within a condition, each with its path. */
export function partsOf(
  condition: FileCondition,
  path: string,
): { inner: FileCondition; at: string }[] {
  if ('all' in condition)
    return condition.all.map((inner, index) => ({ inner, at: `${path}.all[${index}]` }));
  if ('any' in condition)
    return condition.any.map((inner, index) => ({ inner, at: `${path}.any[${index}]` }));
  return 'not' in condition ? [{ inner: condition.not, at: `${path}.not` }] : [];
}

function checkCondition(
  condition: FileCondition,
  path: string,
  types: VariableTypes,
  faults: FileFaults,
  depth = 1,
): void {
  if (depth > MAX_DEPTH) {
    faults.report(path, `expected conditions nested at most ${MAX_DEPTH} deep`);
    return;
  }
  for (const { inner, at } of partsOf(condition, path)) {
    checkCondition(inner, at, types, faults, depth + 1);
  }
  if ('variable' in condition) checkVariable(condition, path, types, faults);
  if ('contact' in condition) checkOneOperator(condition, 'contact', TEXT_OPERATORS, path, faults);
}

function checkVariable(
  condition: VariableCondition,
  path: string,
  types: VariableTypes,
  faults: FileFaults,
): void {
  const operators = [...TEXT_OPERATORS, ...ORDER_OPERATORS];
  checkOneOperator(condition, 'variable', operators, path, faults);
  const type = types.get(condition.variable);
  if (!type) reportUndefined(condition.variable, `${path}.variable`, types, faults);
  else checkOperands(condition, type, path, faults);
}

function checkOneOperator(
  condition: object,
  subject: string,
  operators: readonly string[],
  path: string,
  faults: FileFaults,
): void {
  const given = operators.filter((key) => key in condition);
  if (given.length === 1) return;
  const found = given.length === 0 ? 'none' : given.join(' and ');
  const listed = operators.join(', ');
  faults.report(path, `expected exactly one of ${listed} beside ${subject}, found ${found}`);
}

function reportUndefined(name: string, at: string, types: VariableTypes, faults: FileFaults): void {
  const meant = nearest(name, types.keys());
  const known = [...types.keys()].slice(0, 20).join(', ') || 'none';
  const hint = meant ? `did you mean "${meant}"? defined: ${known}` : `defined: ${known}`;
  faults.report(
    at,
    `expected a context variable of this workstream: no variable named ${JSON.stringify(name)} (${hint})`,
  );
}

function checkOperands(
  condition: VariableCondition,
  type: 'text' | 'number',
  path: string,
  faults: FileFaults,
): void {
  const name = JSON.stringify(condition.variable);
  const expected = operandOf(type);
  const wrong = (value: unknown) => (typeof value === 'number') !== (type === 'number');
  const operands: [string, unknown][] = [
    ['is', condition.is],
    ['isNot', condition.isNot],
    ...(condition.in ?? []).map((value, index): [string, unknown] => [`in[${index}]`, value]),
  ];
  for (const [key, value] of operands) {
    if (value !== undefined && wrong(value))
      faults.report(`${path}.${key}`, `expected ${expected}: ${name} is a ${type} variable`);
  }
  for (const key of type === 'number' ? PATTERN_OPERATORS : ORDER_OPERATORS) {
    if (!(key in condition)) continue;
    const why = type === 'number' ? 'numbers are compared as numbers' : 'texts have no order';
    faults.report(`${path}.${key}`, `expected is: ${name} is a ${type} variable, and ${why}`);
  }
  const [from = 0, to = 0] = condition.between ?? [];
  if (from > to) faults.report(`${path}.between`, 'expected the smaller number first');
}
