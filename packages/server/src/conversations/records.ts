import type {
  ContextVariable,
  ConversationState,
  EntryKind,
  Identity,
  IdentityState,
  Role,
  Routing,
} from '@countersign/protocol';

/** Who ended a conversation. */
export type EndedBy = 'agent' | 'customer' | 'system';

/** A conversation as stored. Times are ms since the epoch. */
export interface ConversationRecord {
  id: string;
  /**
   * Whose open conversation this is: `session:<id>` of a guest, or
   * `identity:<deployment>:<setting>:<subject>`. At most one open conversation an owner.
   */
  ownerKey: string;
  channel: string;
  deploymentId: string;
  workstreamId: string;
  state: ConversationState;
  queueId: string | null;
  priority: number | null;
  /** The agent it belongs to (active, wrap-up, closed). */
  assigneeId: string | null;
  /** The agent it is offered to (offered). */
  offeredToId: string | null;
  offerExpiresAt: number | null;
  /** Agents that declined or let an offer pass, in order, repeats kept. */
  declinedBy: string[];
  /** Units it takes of an agent's capacity. */
  capacity: number;
  contactId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  locale: string | null;
  identity: Identity;
  context: ContextVariable[];
  routing: Routing | null;
  openedAt: number;
  /** When it came to the queue in which it waits, or last waited. */
  queuedAt: number | null;
  /** Queues that it left by overflow: it does not come back to one of them that way. */
  overflowedFrom: string[];
  /** The customer has been told that they are next. */
  toldNext: boolean;
  /** When an agent first took it. */
  assignedAt: number | null;
  /** When somebody ended it: before `closedAt` where there is a wrap-up. */
  endedAt: number | null;
  endedBy: EndedBy | null;
  /** Until when the agent may take notes (wrap-up). */
  wrapUpUntil: number | null;
  closedAt: number | null;
  /** 1 to 5, of the customer, after the end. */
  rating: number | null;
  lastSeq: number;
  lastAt: number;
}

/** An entry of the log as stored. `at` is ms since the epoch and strictly increases with `seq`. */
export interface EntryRecord {
  conversationId: string;
  seq: number;
  id: string;
  at: number;
  kind: EntryKind;
  role: Role;
  /** The agent's user id, or the customer's session id. */
  senderId: string | null;
  senderName: string | null;
  text: string | null;
  content: unknown[];
  data: Record<string, unknown> | null;
  identityState: IdentityState;
  clientId: string | null;
}

/** An entry to be written; `seq`, `at` and `identityState` are given in the inserting transaction. */
export interface EntryDraft {
  conversationId: string;
  kind: EntryKind;
  role: Role;
  senderId?: string | null;
  senderName?: string | null;
  text?: string;
  content?: unknown[];
  data?: Record<string, unknown>;
  /**
   * The sender's own id of this message. (senderId, clientId, content) is written once: a resend
   * answers with the first entry (invariant 2).
   */
  clientId?: string;
  /** The sender's own proof has run out: a `verified` conversation stamps this entry `lapsed`. */
  lapsed?: boolean;
}

/** Nothing more is said in it; the agent may still take notes. */
export const hasEnded = ({ state }: Pick<ConversationRecord, 'state'>): boolean =>
  state === 'wrap-up' || state === 'closed';
