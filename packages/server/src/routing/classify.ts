/**
 * Work classification (Omnichannel §3.2): of each ruleset the first rule that matches sets its values; what
 * an earlier ruleset has set is there for the later ones. What a proof has said is never overwritten.
 */
import type { ContextVariable } from '@countersign/protocol';
import type { Classification, VariableDefinition, Workstream } from '../configuration/index.ts';
import { matches, type RoutingFacts } from './evaluate-condition.ts';

export interface ClassificationStep {
  ruleset: string;
  /** 1-based place of the rule that matched; null: none. */
  rule: number | null;
  because: string[];
  fault?: string;
}

export interface Classified {
  /** The same array as was given when nothing was set. */
  context: ContextVariable[];
  /** Null: no rule has given one. */
  priority: number | null;
  steps: ClassificationStep[];
  /** Null: every ruleset could be evaluated. */
  fault: string | null;
}

/** A conversation holds at most this many facts (Omnichannel §1.4). */
const MAX_VARIABLES = 100;

/** Stops at the first error, with what was set before it. */
export function classify(workstream: Workstream, facts: RoutingFacts): Classified {
  const classified: Classified = { context: facts.context, priority: null, steps: [], fault: null };
  for (const ruleset of workstream.classification) {
    const seen = { ...facts, context: classified.context };
    try {
      classified.steps.push(applyRuleset(ruleset, workstream, seen, classified));
    } catch (error) {
      const fault = faultOf(error);
      classified.steps.push({ ruleset: ruleset.name, rule: null, because: [], fault });
      classified.fault = `${ruleset.name}: ${fault}`;
      break;
    }
  }
  return classified;
}

export const faultOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'the rule could not be evaluated';

function applyRuleset(
  { name: ruleset, rules }: Classification,
  { contextVariables }: Workstream,
  facts: RoutingFacts,
  classified: Classified,
): ClassificationStep {
  for (const [index, rule] of rules.entries()) {
    const because = matches(rule.when, facts);
    if (!because) continue;
    for (const { variable, value } of rule.set)
      classified.context = withSystemValue(classified.context, variable, value, contextVariables);
    classified.priority = rule.priority ?? classified.priority;
    return { ruleset, rule: index + 1, because };
  }
  return { ruleset, rule: null, because: [] };
}

function withSystemValue(
  context: ContextVariable[],
  name: string,
  given: string | number,
  definitions: VariableDefinition[],
): ContextVariable[] {
  const before = context.find((variable) => variable.name === name);
  if (before?.origin === 'signed' || (!before && context.length >= MAX_VARIABLES)) return context;
  const value = typed(given, definitions.find((definition) => definition.name === name)?.type);
  const set: ContextVariable = { name, value, origin: 'system' };
  return [...context.filter((variable) => variable.name !== name), set];
}

function typed(value: string | number, type: VariableDefinition['type'] | undefined) {
  if (type === 'text') return String(value);
  return type === 'number' && Number.isFinite(Number(value)) ? Number(value) : value;
}
