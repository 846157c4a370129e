import type { Condition } from '../../configuration/index.ts';
import type { Names } from './names.ts';

/** A condition as the configuration file has it: names for ids. */
export function fileCondition(condition: Condition, names: Names): object {
  const within = (inner: Condition) => fileCondition(inner, names);
  if ('all' in condition) return { all: condition.all.map(within) };
  if ('any' in condition) return { any: condition.any.map(within) };
  if ('not' in condition) return { not: within(condition.not) };
  if ('settingId' in condition) return { setting: names.of(condition.settingId) };
  if ('deploymentId' in condition) return { deployment: names.of(condition.deploymentId) };
  if ('hoursId' in condition) {
    const { hoursId, open } = condition;
    return { hours: names.of(hoursId), open };
  }
  return condition;
}
