import type { Presence } from '@countersign/protocol';
import type { ConversationRecord } from '../conversations/index.ts';
import type { RouteDecision } from './evaluate-rules.ts';
import type { RoutedFacts } from './route-to-queue.ts';

export { createRouting, type RoutingParts } from './create-routing.ts';
export { withCustomerValues } from './customer-context.ts';
export type { RouteDecision } from './evaluate-rules.ts';
export { routingMigrations } from './migrations.ts';
export type { RoutedFacts } from './route-to-queue.ts';
export { signedContext } from './signed-context.ts';

/** Whoever takes conversations: a user, or a program with an API key. */
export interface Agent {
  id: string;
  name: string;
  /** May act on conversations of others. */
  supervises: boolean;
}

export interface AgentStatus {
  id: string;
  /** As it is shown: `busy` and `dnd` follow from the load, `offline` from a screen that is gone. */
  presence: Presence;
  /** What the agent has chosen. */
  chosen: Presence;
  /** Units taken and units in all. */
  load: number;
  capacity: number;
}

/** How long a customer is still to wait. */
export interface Wait {
  /** Within the queue, from 1. */
  position: number;
  /** As the last of this queue have waited; null: nobody knows. */
  estimatedSeconds: number | null;
}

/** Published on the bus when presence or load of an agent changed. */
export const AGENTS_TOPIC = 'agents';
export interface AgentHint {
  agentId: string;
}

/** Which queue and which agent, and why. Faults: `offer.gone` 409, `not_assigned` 409. */
export interface Routing {
  /**
   * Decides queue and priority by the workstream's rules, writes `queued` with the reason, offers. By id, or
   * as it was just now.
   */
  route(conversation: string | ConversationRecord): Promise<void>;
  setPresence(agentId: string, presence: Presence): Promise<void>;
  /**
   * A socket of the agent has opened, or closed, on this node. Who closes the last on every node is offline at
   * once, is what they had chosen when they are back within 2.5 minutes, and then loses what they have.
   */
  screenOpened(agentId: string): Promise<void>;
  screenClosed(agentId: string): Promise<void>;
  accept(agent: Agent, conversationId: string): Promise<ConversationRecord>;
  decline(agent: Agent, conversationId: string): Promise<ConversationRecord>;
  pick(agent: Agent, conversationId: string): Promise<ConversationRecord>;
  transfer(
    agent: Agent,
    conversationId: string,
    to: { queueId?: string; agentId?: string; note?: string },
  ): Promise<ConversationRecord>;
  /** A supervisor gives it to an agent, who may have no room. Faults: `forbidden` 403, `unknown_agent` 400. */
  assign(by: Agent, conversationId: string, agentId: string): Promise<ConversationRecord>;
  /** Into wrap-up where the workstream has one, else closed. */
  end(agent: Agent, conversationId: string): Promise<ConversationRecord>;
  /** Ends the wrap-up before its time. Fault: `not_ended` 409. */
  close(agent: Agent, conversationId: string): Promise<ConversationRecord>;
  endByCustomer(conversationId: string, reason: 'cleared' | 'closed' | 'new-chat'): Promise<void>;
  /** Null: it does not wait in a queue. */
  waitOf(conversationId: string): Promise<Wait | null>;
  /** What `route` would decide at this time (ms); null: its workstream is not there. Writes nothing. */
  dryRun(conversation: RoutedFacts, at: number): Promise<RouteDecision | null>;
  statuses(agentIds: string[]): Promise<Map<string, AgentStatus>>;
  /** One round of what time brings: offers that ran out, work left behind by a node, agents gone. */
  sweep(): Promise<void>;
}
