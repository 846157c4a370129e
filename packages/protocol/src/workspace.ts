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
  'authentication-failed',
  'signed-in',
  'lapsed',
  'signed-out',
  'queued',
  'offered',
  'assigned',
  'transferred',
  'ended',
  'rated',
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
  'sign_in_not_attached',
  'capability_missing',
  'request_pending',
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
  unread: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 100,
      description: "customer's messages after the caller's read mark, 100 at most; in lists only",
    }),
  ),
  wrapUpUntil: Type.Optional(Time),
  rating: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
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

/** Open conversations that the caller may see, by what a view of the inbox selects; at most 1 s old. */
export const InboxCounts = Type.Object({
  mine: Type.Integer(),
  unassigned: Type.Integer(),
  all: Type.Integer(),
  queues: Type.Record(Type.String(), Type.Integer(), { description: 'by name' }),
  identity: Type.Record(IdentityState, Type.Integer()),
});
export type InboxCounts = Static<typeof InboxCounts>;

/** `GET /api/inbox?view=&name=&sort=&cursor=&limit=`: one page of a view, and how many each view holds. */
export const Inbox = Type.Object({
  items: Type.Array(Conversation),
  next: Type.Optional(Type.String()),
  counts: InboxCounts,
});
export type Inbox = Static<typeof Inbox>;

/** A text that agents send often; slugs such as `{FirstName{Customer}}` are still in it. */
export const QuickReply = Type.Object({
  id: Id,
  title: Type.String(),
  locale: Type.String(),
  tags: Type.Array(Type.String()),
  workstreams: Type.Array(Type.String(), { description: 'names; none: everywhere' }),
  text: Type.String(),
});
export type QuickReply = Static<typeof QuickReply>;

/** A bubble of Apple Messages that an agent can send by its name. */
export const RichMessageChoice = Type.Object({
  name: Type.String(),
  type: Type.Enum(['quick-reply', 'list-picker', 'time-picker', 'rich-link']),
  refused: Type.Optional(
    Type.String({ description: 'why it cannot be sent now: capability_missing, customer_closed' }),
  ),
});
export type RichMessageChoice = Static<typeof RichMessageChoice>;

/** `GET /api/conversations/{id}/channel`: what the customer's device can do, and how a request to sign in stands. */
export const CustomerChannel = Type.Object({
  can: Type.Array(
    Type.Enum(['quick-reply', 'list-picker', 'time-picker', 'form', 'sign-in'], {
      description: 'what the device listed that they wrote from last',
    }),
  ),
  files: Type.Optional(
    Type.Object(
      { types: Type.Array(Type.String()), maxBytes: Type.Integer() },
      { description: 'which files an agent can send; absent: none' },
    ),
  ),
  signInMessages: Type.Array(Type.String(), { description: 'by name; the first is the usual one' }),
  signInRequest: Type.Optional(
    Type.Object(
      {
        requestIdentifier: Id,
        message: Type.Optional(Type.String({ description: 'name of the sign-in message' })),
        state: Type.Enum([
          'sending',
          'waiting',
          'succeeded',
          'failed',
          'cancelled',
          'expired',
          'superseded',
        ]),
        askedAt: Time,
        sentAt: Type.Optional(Time),
        expiresAt: Time,
      },
      { description: 'the last one; absent: they have not been asked in this conversation' },
    ),
  ),
});
export type CustomerChannel = Static<typeof CustomerChannel>;

/** `GET /api/supervision`: what a supervisor watches. */
export const Supervision = Type.Object({
  at: Time,
  queues: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      priority: Type.Integer(),
      open: Type.Boolean({ description: 'by its operating hours' }),
      waiting: Type.Integer(),
      longestWaitSeconds: Type.Integer(),
      offered: Type.Integer(),
      active: Type.Integer(),
      wrapUp: Type.Integer(),
      agentsAvailable: Type.Integer(),
      agents: Type.Integer(),
    }),
  ),
  agents: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      presence: Presence,
      chosen: Presence,
      load: Type.Integer(),
      capacity: Type.Integer(),
      offered: Type.Integer(),
      active: Type.Integer(),
      wrapUp: Type.Integer(),
      queues: Type.Array(Type.String()),
    }),
  ),
});
export type Supervision = Static<typeof Supervision>;

const Percentiles = Type.Object({
  p50: Type.Number(),
  p90: Type.Number(),
  p99: Type.Number(),
  count: Type.Integer(),
});

/** `GET /api/reports?from=&to=&bucket=hour|day`: how the time went. Every bucket is there, in order. */
export const Report = Type.Object({
  from: Time,
  to: Time,
  bucket: Type.Enum(['hour', 'day']),
  buckets: Type.Array(
    Type.Object({
      at: Time,
      opened: Type.Integer(),
      byQueue: Type.Record(Type.String(), Type.Integer(), { description: 'by name' }),
      byIdentity: Type.Record(IdentityState, Type.Integer()),
      waitSeconds: Type.Union([Percentiles, Type.Null()], { description: 'until first assigned' }),
      handleSeconds: Type.Union([Percentiles, Type.Null()], {
        description: 'first assigned until ended',
      }),
      refusedAttempts: Type.Integer(),
      abandoned: Type.Integer({ description: 'ended by the customer before anybody had it' }),
      rating: Type.Union([
        Type.Object({ average: Type.Number(), count: Type.Integer() }),
        Type.Null(),
      ]),
    }),
  ),
});
export type Report = Static<typeof Report>;

const Target = Type.Object({ queue: Type.String(), priority: Type.Integer() });

/**
 * `POST /api/routing/dry-run`: what routing would do. Exactly one of `conversation`, `token` (with
 * `setting`) or neither (with `context`); nothing is stored and nothing is routed.
 */
export const DryRunRequest = Type.Object(
  {
    deployment: Type.Optional(Id),
    conversation: Type.Optional(Id),
    setting: Type.Optional(Id),
    token: Type.Optional(Type.String({ maxLength: 20_000 })),
    locale: Type.Optional(Type.String({ maxLength: 35 })),
    at: Type.Optional(Time),
    context: Type.Optional(
      Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 4000 }), {
        description: 'as a customer would send it',
      }),
    ),
  },
  { additionalProperties: false },
);
export type DryRunRequest = Static<typeof DryRunRequest>;

export const DryRun = Type.Object({
  workstream: Type.String(),
  identity: Identity,
  refusal: Type.Optional(
    Type.Object({ reason: Type.String(), remedy: Type.String() }, { description: 'of the token' }),
  ),
  context: Type.Array(ContextVariable, { description: 'after classification' }),
  classification: Type.Array(
    Type.Object({
      ruleset: Type.String(),
      rule: Type.Union([Type.Integer(), Type.Null()]),
      because: Type.Array(Type.String()),
      fault: Type.Optional(Type.String()),
    }),
  ),
  rules: Type.Array(
    Type.Object({
      rule: Type.Integer(),
      matched: Type.Boolean(),
      because: Type.Array(Type.String()),
      targets: Type.Array(Target),
      overflows: Type.Optional(Type.String({ description: 'why its queue was passed over' })),
      fault: Type.Optional(Type.String()),
    }),
  ),
  result: Type.Object({
    queue: Type.String(),
    priority: Type.Integer(),
    routing: Routing,
    overflow: Type.Optional(Type.String({ description: 'what the queue would do with it' })),
  }),
});
export type DryRun = Static<typeof DryRun>;

/** A webhook as administrators see it, `GET /api/webhooks`. */
export const WebhookStatus = Type.Object({
  id: Id,
  url: Type.String(),
  events: Type.Array(Type.String()),
  lastSuccess: Type.Optional(Time),
  lastFailure: Type.Optional(Time),
  pending: Type.Integer(),
});
export type WebhookStatus = Static<typeof WebhookStatus>;

/** One event on its way to one webhook, `GET /api/webhooks/{id}/deliveries`. */
export const WebhookDelivery = Type.Object({
  id: Type.String({ description: 'the `webhook-id` header, the same in every try' }),
  event: Type.String(),
  conversation: Type.Optional(Id),
  createdAt: Time,
  state: Type.Enum(['pending', 'delivered', 'failed']),
  tries: Type.Integer(),
  nextTryAt: Type.Optional(Time),
  lastStatus: Type.Optional(Type.Integer()),
  lastError: Type.Optional(Type.String()),
  durationMs: Type.Optional(Type.Integer()),
});
export type WebhookDelivery = Static<typeof WebhookDelivery>;

/** The signed-in person's own state, `GET /api/me`. */
export const Me = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  nickname: Type.String(),
  roles: Type.Array(Type.String()),
  presence: Presence,
  chosen: Type.Optional(Presence),
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
  Type.Object(
    { type: Type.Literal('counts'), counts: InboxCounts },
    { description: 'when they changed, at most once a second' },
  ),
  Type.Object(
    {
      type: Type.Literal('viewers'),
      conversation: Id,
      agents: Type.Array(Type.Object({ id: Id, name: Type.String(), typing: Type.Boolean() })),
    },
    { description: 'who else has this conversation open' },
  ),
  Type.Object(
    { type: Type.Literal('mention'), conversation: Id, entry: Entry },
    { description: 'a note names the caller' },
  ),
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
    {
      type: Type.Literal('viewing'),
      conversation: Type.Union([Id, Type.Null()]),
      typing: Type.Optional(Type.Boolean()),
    },
    { description: 'what the caller has on screen; repeated every 20 s, null: nothing' },
  ),
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
