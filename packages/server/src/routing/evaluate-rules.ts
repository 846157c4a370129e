import type { ContextVariable, Identity } from '@countersign/protocol';
import type { Condition, Workstream } from '../configuration/index.ts';

export interface RouteDecision {
  queueId: string;
  priority: number | null;
  /** 1-based place of the rule that matched; null: the fallback queue. */
  rule: number | null;
  /** The values that made it match, in words. */
  because: string[];
}

export interface RoutingFacts {
  identity: Identity;
  context: ContextVariable[];
}

/**
 * The first route-to-queue rule that matches, else the fallback queue (spec/configuration-file.md,
 * `routeToQueue`). A condition on a variable that the conversation does not have does not match.
 */
export function evaluateRules(workstream: Workstream, facts: RoutingFacts): RouteDecision {
  for (const [index, rule] of workstream.routeToQueue.entries()) {
    const because = matches(rule.when, facts);
    if (because) {
      return { queueId: rule.queueId, priority: rule.priority, rule: index + 1, because };
    }
  }
  return {
    queueId: workstream.fallbackQueueId,
    priority: null,
    rule: null,
    because: ['no rule matched'],
  };
}

/** Null: does not match. Otherwise the values that made it match, in words. */
function matches(condition: Condition, facts: RoutingFacts): string[] | null {
  if ('all' in condition) return matchesAll(condition.all, facts);
  if ('any' in condition) return matchesAny(condition.any, facts);
  if ('authenticated' in condition) return matchesAuthenticated(condition.authenticated, facts);
  return matchesVariable(condition, facts);
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

function matchesAuthenticated(wanted: boolean, facts: RoutingFacts): string[] | null {
  return (facts.identity.state === 'verified') === wanted ? [`authenticated is ${wanted}`] : null;
}

type VariableCondition = Extract<Condition, { variable: string }>;

function matchesVariable(condition: VariableCondition, facts: RoutingFacts): string[] | null {
  const found = facts.context.find((variable) => variable.name === condition.variable);
  if (!found || (condition.signed && found.origin !== 'signed')) return null;
  const sentence = compare(condition, found);
  return sentence ? [`${sentence}${condition.signed ? ' (signed)' : ''}`] : null;
}

function compare(condition: VariableCondition, { name, value }: ContextVariable): string | null {
  if ('is' in condition) {
    const same =
      typeof value === 'number' || typeof condition.is === 'number'
        ? asNumber(value) === asNumber(condition.is)
        : value === condition.is;
    return same ? `${name} is ${JSON.stringify(value)}` : null;
  }
  const number = asNumber(value);
  if (number === null) return null;
  if ('atLeast' in condition) {
    return number >= condition.atLeast
      ? `${name} ${number} is at least ${condition.atLeast}`
      : null;
  }
  return number <= condition.atMost ? `${name} ${number} is at most ${condition.atMost}` : null;
}

function asNumber(value: string | number): number | null {
  if (typeof value === 'number') return value;
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}
