import { type Static, Type } from 'typebox';

/** Metadata are strings on the wire, whatever they mean (SPEC.md [GA13]). */
const StringMap = Type.Record(Type.String(), Type.String());

const Participant = Type.Object({
  firstName: Type.Optional(Type.String()),
  lastName: Type.Optional(Type.String()),
  nickname: Type.Optional(Type.String()),
  image: Type.Optional(Type.String()),
});

/** `Authenticate`: the company asks the customer to sign in; only to who can show it ([GA43]). */
export const PresenceType = Type.Enum(['Join', 'Disconnect', 'Clear', 'SignIn', 'Authenticate']);
export type PresenceType = Static<typeof PresenceType>;

export const GuestEvent = Type.Union([
  Type.Object({
    eventType: Type.Literal('Typing'),
    typing: Type.Object({
      type: Type.Literal('On'),
      duration: Type.Optional(Type.Integer({ description: 'milliseconds' })),
    }),
  }),
  Type.Object({
    eventType: Type.Literal('Presence'),
    presence: Type.Object({ type: PresenceType }),
  }),
]);
export type GuestEvent = Static<typeof GuestEvent>;

/** The answer to a quick reply, a card or a picker. */
export const ButtonResponse = Type.Object({
  contentType: Type.Literal('ButtonResponse'),
  buttonResponse: Type.Object({
    text: Type.String({ maxLength: 1024 }),
    payload: Type.String({ maxLength: 4096 }),
    type: Type.String({ maxLength: 32 }),
    originatingMessageId: Type.Optional(Type.String({ maxLength: 64 })),
  }),
});
export type ButtonResponse = Static<typeof ButtonResponse>;

/** A file; `url` is good for ten minutes, `getAttachment` gives another. */
export const AttachmentContent = Type.Object({
  contentType: Type.Literal('Attachment'),
  attachment: Type.Object({
    id: Type.String(),
    url: Type.String(),
    filename: Type.String(),
    mediaType: Type.Enum(['Image', 'Video', 'Audio', 'File']),
    mime: Type.String(),
    fileSize: Type.Integer(),
    sha256: Type.String(),
  }),
});
export type AttachmentContent = Static<typeof AttachmentContent>;

/** The body of a `StructuredMessage` frame, and an entity of the history. */
export const StructuredMessage = Type.Object({
  id: Type.String(),
  type: Type.Enum(['Text', 'Event', 'Structured']),
  direction: Type.Enum(['Inbound', 'Outbound'], { description: 'Inbound: from the customer' }),
  text: Type.Optional(Type.String()),
  content: Type.Optional(Type.Array(Type.Union([ButtonResponse, AttachmentContent]))),
  events: Type.Optional(Type.Array(GuestEvent)),
  channel: Type.Object({
    time: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    type: Type.Optional(Type.Enum(['Private', 'Public'])),
    messageId: Type.Optional(Type.String()),
    from: Type.Optional(Participant),
  }),
  originatingEntity: Type.Optional(Type.Enum(['Human', 'Bot'])),
  metadata: Type.Optional(StringMap),
});
export type StructuredMessage = Static<typeof StructuredMessage>;
