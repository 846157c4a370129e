import type { Presence } from '@countersign/protocol';
import type { ConversationRecord } from '../conversations/index.ts';

export { createRouting, type RoutingParts } from './create-routing.ts';
export { evaluateRules, type RouteDecision } from './evaluate-rules.ts';
export { routingMigrations } from './migrations.ts';

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

/** Published on the bus when presence or load of an agent changed. */
export const AGENTS_TOPIC = 'agents';
export interface AgentHint {
  agentId: string;
}

/** Which queue and which agent, and why. Faults: `offer.gone` 409, `not_assigned` 409. */
export interface Routing {
  /** Decides queue and priority by the workstream's rules, writes `queued` with the reason, offers. */
  route(conversationId: string): Promise<void>;
  setPresence(agentId: string, presence: Presence): Promise<void>;
  /** The agent's screen is there: keeps it from being taken for gone. */
  seen(agentId: string): Promise<void>;
  accept(agent: Agent, conversationId: string): Promise<ConversationRecord>;
  decline(agent: Agent, conversationId: string): Promise<ConversationRecord>;
  pick(agent: Agent, conversationId: string): Promise<ConversationRecord>;
  transfer(
    agent: Agent,
    conversationId: string,
    to: { queueId?: string; agentId?: string; note?: string },
  ): Promise<ConversationRecord>;
  end(agent: Agent, conversationId: string): Promise<ConversationRecord>;
  endByCustomer(conversationId: string, reason: 'cleared' | 'closed' | 'new-chat'): Promise<void>;
  statuses(agentIds: string[]): Promise<Map<string, AgentStatus>>;
  /** One round of what time brings: offers that ran out, work left behind by a node, agents gone. */
  sweep(): Promise<void>;
}
