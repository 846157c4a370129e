/** The identity trail of a conversation, as `GET /api/conversations/:id/trail` exports it. */
import { type Static, Type } from 'typebox';
import { Identity, IdentityState } from './identity.ts';
import { EntryKind, Role } from './workspace.ts';

export const TRAIL_FORMAT = 'countersign-trail/1';

const closed = { additionalProperties: false };
const TextOrNull = Type.Union([Type.String(), Type.Null()]);
const Id = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
});
const Time = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
  description: 'ISO 8601, UTC, milliseconds',
});
const Link = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, hexadecimal' });

/** How an entry was authenticated. With a sign-in before it all is present, null where it gave none. */
export const TrailIdentity = Type.Object(
  {
    state: IdentityState,
    method: Type.Optional(TextOrNull),
    setting: Type.Optional(TextOrNull),
    issuer: Type.Optional(TextOrNull),
    subject: Type.Optional(TextOrNull),
    keyId: Type.Optional(TextOrNull),
    since: Type.Optional(TextOrNull),
  },
  closed,
);
export type TrailIdentity = Static<typeof TrailIdentity>;

export const TrailEntry = Type.Object(
  {
    seq: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    id: Id,
    at: Time,
    kind: EntryKind,
    role: Role,
    senderId: TextOrNull,
    senderName: TextOrNull,
    clientId: TextOrNull,
    text: TextOrNull,
    content: Type.Array(Type.Unknown()),
    data: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
    identityState: IdentityState,
    identity: TrailIdentity,
    link: Link,
  },
  closed,
);
export type TrailEntry = Static<typeof TrailEntry>;

export const TrailConversation = Type.Object(
  {
    id: Id,
    channel: Type.String(),
    deployment: Type.String(),
    openedAt: Time,
    closedAt: Type.Optional(Time),
    identity: Identity,
  },
  closed,
);
export type TrailConversation = Static<typeof TrailConversation>;

export const Trail = Type.Object(
  {
    format: Type.Literal(TRAIL_FORMAT),
    exportedAt: Time,
    conversation: TrailConversation,
    head: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'the link of the last entry; without entries what the first is made from',
    }),
    entries: Type.Array(TrailEntry),
  },
  closed,
);
export type Trail = Static<typeof Trail>;
