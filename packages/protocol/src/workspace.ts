import { type Static, Type } from 'typebox';
import { AttemptSummary } from './attempts.ts';
import { ContextVariable, Identity, IdentityState } from './identity.ts';

const Id = Type.String({ format: 'uuid' });
const Time = Type.String({ description: 'ISO 8601, UTC, milliseconds' });

export const ConversationState = Type.Enum(['waiting', 'offered', 'active', 'wrap-up', 'closed']);
export type ConversationState = Static<typeof ConversationState>;

export const Presence = Type.Enum(['available', 'busy', 'dnd', 'away', 'offline']);
export type Presence = Static<typeof Presence>;

export const EntryKind = Type.Enum([
  'message',
  'note',
  'joined',
  'left',
  'authentication-requested',
  'signed-in',
  'lapsed',
  'signed-out',
  'queued',
  'offered',
  'assigned',
  'transferred',
  'ended',
]);
export type EntryKind = Static<typeof EntryKind>;

export const Role = Type.Enum(['customer', 'agent', 'bot', 'system']);
export type Role = Static<typeof Role>;

/** A person of the company, as shown beside a conversation. */
export const AgentRef = Type.Object({ id: Id, name: Type.String() });
export type AgentRef = Static<typeof AgentRef>;

export const Routing = Type.Object({
  rule: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
    description: '1-based place of the rule that matched; null: fallback queue or a transfer',
  }),
  because: Type.Array(Type.String()),
});
export type Routing = Static<typeof Routing>;

/** Why a customer cannot be asked to sign in now: codes of the refusal. */
export const CannotAskToSignIn = Type.Enum([
  'already_verified',
  'step_up_not_allowed',
  'conversation_closed',
]);
export type CannotAskToSignIn = Static<typeof CannotAskToSignIn>;

export const Conversation = Type.Object({
  id: Id,
  state: ConversationState,
  channel: Type.String(),
  deployment: Id,
  workstream: Type.String(),
  queue: Type.Union([Type.String(), Type.Null()]),
  priority: Type.Union([Type.Integer(), Type.Null()]),
  openedAt: Time,
  closedAt: Type.Optional(Time),
  assignee: Type.Union([AgentRef, Type.Null()]),
  lastSeq: Type.Integer(),
  lastAt: Time,
  preview: Type.Optional(
    Type.Object({ text: Type.String({ maxLength: 120 }), from: Role, at: Time }),
  ),
  authenticated: Type.Boolean(),
  identity: Identity,
  cannotAskToSignIn: Type.Optional(CannotAskToSignIn),
  contact: Type.Union([
    Type.Object({
      id: Id,
      name: Type.Optional(Type.String()),
      email: Type.Optional(Type.String()),
    }),
    Type.Null(),
  ]),
  locale: Type.Optional(Type.String()),
  context: Type.Array(ContextVariable),
  routing: Type.Union([Routing, Type.Null()]),
});
export type Conversation = Static<typeof Conversation>;

export const Entry = Type.Object({
  seq: Type.Integer({ minimum: 1 }),
  id: Id,
  at: Time,
  kind: EntryKind,
  from: Type.Object({
    role: Role,
    id: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
  }),
  authenticated: Type.Boolean(),
  identityState: IdentityState,
  text: Type.Optional(Type.String()),
  content: Type.Array(Type.Unknown()),
  data: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'facts of an event entry' }),
  ),
  clientId: Type.Optional(Type.String({ description: "the sender's own id, of the sender only" })),
});
export type Entry = Static<typeof Entry>;

export const Offer = Type.Object({
  conversation: Conversation,
  expiresAt: Time,
  seconds: Type.Integer({ description: 'length of the offer' }),
});
export type Offer = Static<typeof Offer>;

/** A live session of a customer: one a device, `GET /api/contacts/{id}/sessions`. */
export const ContactSession = Type.Object({
  id: Id,
  deployment: Type.String(),
  setting: Type.String(),
  device: Type.Optional(Type.String({ description: 'as in "Firefox on Linux"' })),
  createdAt: Time,
  lastSeenAt: Time,
  until: Type.Union([Time, Type.Null()], { description: 'of its proof; null: session end' }),
  state: Type.Enum(['verified', 'lapsed']),
});
export type ContactSession = Static<typeof ContactSession>;

/** The signed-in person's own state, `GET /api/me`. */
export const Me = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  nickname: Type.String(),
  roles: Type.Array(Type.String()),
  presence: Presence,
  capacity: Type.Integer(),
  load: Type.Integer(),
  offers: Type.Array(Offer),
  queues: Type.Array(Type.String()),
});
export type Me = Static<typeof Me>;

/** Frames that the node sends on `GET /api/live`. `cursor` goes into a later `resume`. */
export const LiveFrame = Type.Union([
  Type.Object({
    type: Type.Literal('ready'),
    cursor: Type.String(),
    resumed: Type.Boolean({ description: 'false: start over, read the lists again' }),
  }),
  Type.Object({ type: Type.Literal('cursor'), cursor: Type.String() }),
  Type.Object({ type: Type.Literal('conversation'), conversation: Conversation }),
  Type.Object(
    { type: Type.Literal('conversation-gone'), conversation: Id },
    { description: 'no longer yours to see, for example transferred to another queue' },
  ),
  Type.Object({ type: Type.Literal('entry'), conversation: Id, entry: Entry }),
  Type.Object({ type: Type.Literal('offer'), offer: Offer }),
  Type.Object({
    type: Type.Literal('offer-gone'),
    conversation: Id,
    reason: Type.Enum(['accepted', 'declined', 'timeout', 'ended', 'withdrawn']),
  }),
  Type.Object({
    type: Type.Literal('typing'),
    conversation: Id,
    from: Type.Object({ role: Role, name: Type.Optional(Type.String()) }),
  }),
  Type.Object({
    type: Type.Literal('presence'),
    agent: AgentRef,
    presence: Presence,
    load: Type.Integer(),
    capacity: Type.Integer(),
  }),
  Type.Object({
    type: Type.Literal('queue'),
    queue: Type.String(),
    waiting: Type.Integer(),
    longestWaitSeconds: Type.Integer(),
  }),
  Type.Object(
    { type: Type.Literal('attempt'), attempt: AttemptSummary },
    { description: 'to those who follow attempts' },
  ),
  Type.Object(
    { type: Type.Literal('attempts-skipped'), count: Type.Integer({ minimum: 1 }) },
    { description: 'more attempts came in the last second than are told one by one' },
  ),
]);
export type LiveFrame = Static<typeof LiveFrame>;

/**
 * Frames that a program or the console sends on `GET /api/live`. The first one is `start` or
 * `resume`. Entries arrive for conversations assigned to the caller and for those it follows.
 */
export const LiveRequest = Type.Union([
  Type.Object({ type: Type.Literal('start') }),
  Type.Object({ type: Type.Literal('resume'), since: Type.String() }),
  Type.Object({
    type: Type.Literal('follow'),
    conversation: Id,
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'seq held already' })),
  }),
  Type.Object({ type: Type.Literal('unfollow'), conversation: Id }),
  Type.Object(
    { type: Type.Literal('follow-attempts') },
    { description: 'roles administrator, developer; without one of them nothing comes' },
  ),
  Type.Object({ type: Type.Literal('unfollow-attempts') }),
]);
export type LiveRequest = Static<typeof LiveRequest>;

export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
});
export type Problem = Static<typeof Problem>;
