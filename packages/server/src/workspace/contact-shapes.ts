/** Contacts as the workspace API shows and takes them. */
import { Conversation } from '@countersign/protocol';
import { type Static, Type } from 'typebox';

const Id = Type.String({ format: 'uuid' });
const Time = Type.String({ description: 'ISO 8601, UTC, milliseconds' });
/** PostgreSQL stores no NUL. */
const text = (minLength: number, maxLength: number) =>
  Type.String({ minLength, maxLength, pattern: '^[^\\u0000]*$' });

const shownFields = {
  name: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
};

export const ContactFound = Type.Object({
  id: Id,
  ...shownFields,
  verified: Type.Boolean({ description: 'somebody has proven to be this person' }),
});
export type ContactFound = Static<typeof ContactFound>;

export const ContactCard = Type.Object({
  id: Id,
  ...shownFields,
  verified: Type.Boolean({ description: 'somebody has proven to be this person' }),
  provenBy: Type.Object(shownFields, {
    description: 'fields that a sign-in gives, with the name of its setting: read-only',
  }),
  createdAt: Time,
  changedAt: Time,
  createdBy: Type.Optional(Type.String({ description: 'absent: made at a sign-in' })),
  identities: Type.Array(
    Type.Object({
      setting: Type.String(),
      issuer: Type.String(),
      subject: Type.String(),
      since: Time,
    }),
  ),
});
export type ContactCard = Static<typeof ContactCard>;

export const ContactDetails = Type.Object({
  ...ContactCard.properties,
  conversations: Type.Array(Conversation, {
    description: 'the newest of those that you may see',
  }),
});
export type ContactDetails = Static<typeof ContactDetails>;

export const ContactLink = Type.Object({
  contact: Type.Union([ContactDetails, Type.Null()]),
  linked: Type.Union([
    Type.Object({
      how: Type.Enum(['proof', 'claim', 'agent']),
      by: Type.Optional(Type.String({ description: 'the agent' })),
      at: Type.Optional(Time),
    }),
    Type.Null(),
  ]),
});
export type ContactLink = Static<typeof ContactLink>;

const email = Type.String({ maxLength: 254, pattern: '^[^\\s\\u0000@]+@[^\\s\\u0000@]+$' });
const phone = Type.String({ pattern: '^\\+?[0-9][0-9 ().\\-]{2,38}$' });

export const NewContact = Type.Object(
  {
    name: Type.Optional(text(1, 200)),
    email: Type.Optional(email),
    phone: Type.Optional(phone),
  },
  { additionalProperties: false },
);
export const ChangedContact = Type.Object(
  {
    name: Type.Optional(Type.Union([text(1, 200), Type.Null()])),
    email: Type.Optional(Type.Union([email, Type.Null()])),
    phone: Type.Optional(Type.Union([phone, Type.Null()])),
  },
  { additionalProperties: false },
);
export const ContactSearch = Type.Object({
  search: text(2, 200),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
  cursor: Type.Optional(Id),
});

const MergeSide = Type.Object({
  ...ContactCard.properties,
  conversations: Type.Integer({ description: 'how many it has' }),
});
export const MergePreview = Type.Object({
  contact: MergeSide,
  into: MergeSide,
  moves: Type.Object({ identities: Type.Integer(), conversations: Type.Integer() }),
  takenOver: Type.Array(Type.Enum(['name', 'email', 'phone']), {
    description: 'fields that the merged contact brings',
  }),
  result: Type.Object(shownFields),
  blocked: Type.Union([
    Type.Enum(['same_contact', 'both_verified', 'already_merged', 'has_merges']),
    Type.Null(),
  ]),
});
export type MergePreview = Static<typeof MergePreview>;

export const MergeRequest = Type.Object(
  {
    into: Id,
    reason: Type.String({
      minLength: 1,
      maxLength: 500,
      pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$',
    }),
  },
  { additionalProperties: false },
);
export const Merge = Type.Object({
  id: Id,
  contact: ContactFound,
  into: Id,
  reason: Type.String(),
  by: Type.String(),
  at: Time,
  undoable: Type.Boolean(),
  undoneBy: Type.Optional(Type.String()),
  undoneAt: Type.Optional(Time),
});
export type Merge = Static<typeof Merge>;
export const MergeList = Type.Object({ items: Type.Array(Merge) });
