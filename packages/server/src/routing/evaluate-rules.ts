import type { Workstream } from '../configuration/index.ts';
import { matches, type RoutingFacts } from './evaluate-condition.ts';

export interface RouteDecision {
  queueId: string;
  priority: number | null;
  /** 1-based place of the rule that matched; null: the fallback queue. */
  rule: number | null;
  /** The values that made it match, in words. */
  because: string[];
}

/**
 * The first route-to-queue rule that matches, else the fallback queue (spec/configuration-file.md,
 * `routeToQueue`). A condition on a variable that the conversation does not have does not match.
 */
export function evaluateRules(workstream: Workstream, facts: RoutingFacts): RouteDecision {
  for (const [index, rule] of workstream.routeToQueue.entries()) {
    const because = matches(rule.when, facts);
    const [first] = rule.queues;
    if (because && first) {
      return { queueId: first.queueId, priority: rule.priority, rule: index + 1, because };
    }
  }
  return {
    queueId: workstream.fallbackQueueId,
    priority: null,
    rule: null,
    because: ['no rule matched'],
  };
}
