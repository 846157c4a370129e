import type { OpenedConfigurationFile } from '@countersign/protocol';
import type { FileFaults } from './faults.ts';
import { nearest } from './nearest.ts';

type Workstream = OpenedConfigurationFile['workstreams'][number];
type FileCondition = Workstream['routeToQueue'][number]['when'];
type VariableCondition = Extract<FileCondition, { variable: string }>;
type VariableTypes = ReadonlyMap<string, 'text' | 'number'>;

const MAX_DEPTH = 8;

/** Rules speak of variables the workstream defines, in the variable's own type. */
export function checkConditions(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.workstreams.forEach((workstream, index) => {
    const path = `workstreams[${index}]`;
    const types = variableTypes(workstream, path, faults);
    workstream.routeToQueue.forEach(({ when }, rule) => {
      checkCondition(when, `${path}.routeToQueue[${rule}].when`, types, faults);
    });
  });
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
  const list = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  const key = 'all' in condition ? 'all' : 'any';
  list.forEach((item, index) => {
    checkCondition(item, `${path}.${key}[${index}]`, types, faults, depth + 1);
  });
  if ('variable' in condition) checkVariable(condition, path, types, faults);
}

function checkVariable(
  condition: VariableCondition,
  path: string,
  types: VariableTypes,
  faults: FileFaults,
): void {
  const operators = (['is', 'atLeast', 'atMost'] as const).filter((key) => key in condition);
  if (operators.length !== 1) {
    const found = operators.length === 0 ? 'none' : operators.join(' and ');
    faults.report(
      path,
      `expected exactly one of is, atLeast, atMost beside variable, found ${found}`,
    );
  }
  const type = types.get(condition.variable);
  if (!type) reportUndefined(condition.variable, path, types, faults);
  else checkOperand(condition, type, path, faults);
}

function reportUndefined(
  name: string,
  path: string,
  types: VariableTypes,
  faults: FileFaults,
): void {
  const meant = nearest(name, types.keys());
  const known = [...types.keys()].slice(0, 20).join(', ') || 'none';
  const hint = meant ? `did you mean "${meant}"? defined: ${known}` : `defined: ${known}`;
  faults.report(
    `${path}.variable`,
    `expected a context variable of this workstream: no variable named ${JSON.stringify(name)} (${hint})`,
  );
}

function checkOperand(
  condition: VariableCondition,
  type: 'text' | 'number',
  path: string,
  faults: FileFaults,
): void {
  const name = JSON.stringify(condition.variable);
  const { is } = condition;
  if (is !== undefined && (typeof is === 'number') !== (type === 'number')) {
    const expected = type === 'number' ? 'a number without quotes' : 'a text in quotes';
    faults.report(`${path}.is`, `expected ${expected}: ${name} is a ${type} variable`);
  }
  if (type === 'number') return;
  for (const key of ['atLeast', 'atMost'] as const) {
    if (key in condition) {
      faults.report(
        `${path}.${key}`,
        `expected is: ${name} is a text variable, and texts have no order`,
      );
    }
  }
}
