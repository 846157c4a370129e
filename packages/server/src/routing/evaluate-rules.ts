/**
 * Which queue, which priority, and why (Omnichannel §3.2). A pure function with a trace: what routes a
 * conversation and what a dry run shows are the same.
 */
import { hash } from 'node:crypto';
import type { ContextVariable } from '@countersign/protocol';
import type { Rule, Workstream } from '../configuration/index.ts';
import { type ClassificationStep, classify, faultOf } from './classify.ts';
import { matches, type RoutingFacts } from './evaluate-condition.ts';
import { overflowsOf, type Placed, place, type QueueStates } from './overflow.ts';

export interface RuleFacts extends RoutingFacts {
  /** Percentages are drawn by it: the same conversation always draws the same. */
  conversationId: string;
  queues: QueueStates;
}

export interface RuleStep {
  /** 1-based. */
  rule: number;
  matched: boolean;
  because: string[];
  targets: { queueId: string; priority: number }[];
  /** Why its queue was passed over. */
  overflows?: string;
  fault?: string;
}

export interface RouteDecision extends Placed {
  priority: number | null;
  /** 1-based place of the rule that matched; null: the fallback queue. */
  rule: number | null;
  /** What the overflow of its queue did with it, in words; null: nothing. */
  overflow: string | null;
  /** After classification; the same array as was given when nothing was set. */
  context: ContextVariable[];
  classification: ClassificationStep[];
  /** Those that were looked at, in order. */
  rules: RuleStep[];
}

interface Matched {
  rule: number;
  queueId: string;
  priority: number;
  because: string[];
  overflows: string[];
}

/**
 * The first rule that matches and whose queue does not overflow. Do all overflow, the first that is open
 * gets it, else the one that opens first, and what its overflow says happens. No match or any error: the
 * fallback queue, whatever its overflow.
 */
export function evaluateRules(workstream: Workstream, facts: RuleFacts): RouteDecision {
  const { context, priority, steps, fault } = classify(workstream, facts);
  const decision: RouteDecision = {
    ...{ queueId: workstream.fallbackQueueId, priority, rule: null, because: [] },
    ...{ endedBy: null, left: [], overflow: null, context, classification: steps, rules: [] },
  };
  if (fault !== null) return fallBack(decision, `a rule could not be evaluated: ${fault}`);
  try {
    const found = findRule(workstream, { ...facts, context }, decision.rules);
    if (!found) return fallBack(decision, 'no rule matched');
    const placed = found.overflows.length > 0 ? place(found.queueId, facts.queues) : null;
    return {
      ...decision,
      ...(placed ?? { queueId: found.queueId }),
      rule: found.rule,
      overflow: placed?.because.join('; ') ?? null,
      priority: priority ?? found.priority,
      because: [...found.because, ...passedOver(decision.rules, found), ...(placed?.because ?? [])],
    };
  } catch (error) {
    return fallBack(decision, `a rule could not be evaluated: ${faultOf(error)}`);
  }
}

const fallBack = (decision: RouteDecision, why: string): RouteDecision => ({
  ...decision,
  because: [why],
});

/** Rules before the one that was taken, whose queues overflow. */
const passedOver = (rules: RuleStep[], { rule }: Matched): string[] =>
  rules.flatMap((step) =>
    step.overflows !== undefined && step.rule < rule
      ? [`not by rule ${step.rule}: ${step.overflows}`]
      : [],
  );

/** Null: none matches. Throws what a rule throws, with its step written. */
function findRule(workstream: Workstream, facts: RuleFacts, steps: RuleStep[]): Matched | null {
  const overflowing: Matched[] = [];
  for (const [index, rule] of workstream.routeToQueue.entries()) {
    const step: RuleStep = {
      rule: index + 1,
      matched: false,
      because: [],
      targets: targetsOf(rule),
    };
    steps.push(step);
    const found = tryRule(rule, facts, step);
    if (found && found.overflows.length === 0) return found;
    if (found) overflowing.push(found);
  }
  return bestOf(overflowing, facts);
}

const targetsOf = ({ queues, priority }: Rule): RuleStep['targets'] =>
  queues.map(({ queueId }) => ({ queueId, priority }));

function tryRule(rule: Rule, facts: RuleFacts, step: RuleStep): Matched | null {
  try {
    const because = matches(rule.when, facts);
    if (!because) return null;
    const { queueId, sentence } = allocate(rule, facts);
    const overflows = overflowsOf(facts.queues(queueId)).map(({ why }) => why);
    step.matched = true;
    step.because = [...because, ...sentence];
    if (overflows.length > 0) step.overflows = overflows.join(', ');
    return { rule: step.rule, queueId, priority: rule.priority, because: step.because, overflows };
  } catch (error) {
    step.fault = faultOf(error);
    throw new Error(`rule ${step.rule}: ${step.fault}`, { cause: error });
  }
}

/** Each conversation draws a number from 0 to 99 of its own, and the queue whose share holds it. */
function allocate({ queues }: Rule, { conversationId, ...facts }: RuleFacts) {
  const [first] = queues;
  if (!first) throw new Error('it names no queue');
  if (queues.length === 1) return { queueId: first.queueId, sentence: [] };
  const drawn = Number.parseInt(hash('sha256', conversationId, 'hex').slice(0, 8), 16) % 100;
  let upTo = 0;
  const chosen = queues.find(({ percent }) => {
    upTo += percent;
    return drawn < upTo;
  });
  const { queueId, percent } = chosen ?? first;
  return { queueId, sentence: [`${percent} % go to ${facts.queues(queueId).name}`] };
}

function bestOf(overflowing: Matched[], { queues }: RuleFacts): Matched | null {
  const open = overflowing.find(({ queueId }) => queues(queueId).isOpen);
  if (open) return open;
  const opensAt = ({ queueId }: Matched) => queues(queueId).opensAt ?? Number.POSITIVE_INFINITY;
  return overflowing.reduce<Matched | null>(
    (best, next) => (best && opensAt(best) <= opensAt(next) ? best : next),
    null,
  );
}
