import { type Static, Type } from 'typebox';
import { ButtonResponse } from './guest-message.ts';
import { maybe } from './maybe.ts';

const Token = Type.String({ minLength: 1, maxLength: 256 });
const TracingId = maybe(Type.String({ maxLength: 256 }));

/** What every request of a client has. Fields not named are ignored. */
export const GuestRequest = Type.Object({
  action: Type.String({ maxLength: 64 }),
  token: maybe(Token),
  tracingId: TracingId,
});
export type GuestRequest = Static<typeof GuestRequest>;

export const ConfigureSessionRequest = Type.Object({
  deploymentId: Type.String({ maxLength: 64 }),
  token: Token,
  startNew: maybe(Type.Boolean()),
});
export type ConfigureSessionRequest = Static<typeof ConfigureSessionRequest>;

export const ConfigureAuthenticatedSessionRequest = Type.Object({
  deploymentId: Type.String({ maxLength: 64 }),
  token: Token,
  startNew: maybe(Type.Boolean()),
  data: maybe(
    Type.Object({
      code: maybe(Type.String({ description: 'the JWT of the token exchange' })),
    }),
  ),
});
export type ConfigureAuthenticatedSessionRequest = Static<
  typeof ConfigureAuthenticatedSessionRequest
>;

export const CustomAttributes = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
);
export type CustomAttributes = Static<typeof CustomAttributes>;

const Channel = maybe(
  Type.Object({ metadata: maybe(Type.Object({ customAttributes: maybe(CustomAttributes) })) }),
);

const RequestEvent = Type.Object({
  eventType: Type.String(),
  typing: maybe(Type.Object({ type: maybe(Type.String()) })),
  presence: maybe(Type.Object({ type: Type.String() })),
});

const AttachmentId = Type.String({ minLength: 1, maxLength: 128 });
const Attachment = Type.Object({
  contentType: Type.Literal('Attachment'),
  attachment: Type.Object({ id: AttachmentId }),
});

export const OnMessageRequest = Type.Object({
  token: Token,
  tracingId: TracingId,
  message: Type.Object({
    type: maybe(Type.String()),
    text: maybe(Type.String()),
    metadata: maybe(Type.Record(Type.String(), Type.Unknown())),
    content: maybe(Type.Array(Type.Union([ButtonResponse, Attachment]), { maxItems: 32 })),
    events: maybe(Type.Array(RequestEvent, { maxItems: 8 })),
    channel: Channel,
    /** Where older clients name what they have uploaded. */
    attachmentIds: maybe(Type.Array(AttachmentId, { maxItems: 10 })),
  }),
  /** Where the Java SDK and the ovotech tester put custom attributes. */
  channel: Channel,
});
export type OnMessageRequest = Static<typeof OnMessageRequest>;

export const EchoRequest = Type.Object({
  message: maybe(Type.Object({ text: maybe(Type.String({ maxLength: 4096 })) })),
});
export type EchoRequest = Static<typeof EchoRequest>;

export const TokenRequest = Type.Object({ token: Token });
export type TokenRequest = Static<typeof TokenRequest>;

export const GetConfigurationRequest = Type.Object({
  deploymentId: maybe(Type.String({ maxLength: 64 })),
});
export type GetConfigurationRequest = Static<typeof GetConfigurationRequest>;

export const CloseSessionRequest = Type.Object({
  token: Token,
  closeAllConnections: maybe(Type.Boolean()),
});
export type CloseSessionRequest = Static<typeof CloseSessionRequest>;

export const OnAttachmentRequest = Type.Object({
  token: Token,
  attachmentId: maybe(AttachmentId),
  fileName: Type.String({ minLength: 1, maxLength: 4096 }),
  fileType: maybe(Type.String({ maxLength: 128 })),
  fileSize: maybe(Type.Integer({ minimum: 0 })),
  errorsAsJson: maybe(Type.Boolean()),
});
export type OnAttachmentRequest = Static<typeof OnAttachmentRequest>;

export const AttachmentRequest = Type.Object({
  token: Token,
  attachmentId: AttachmentId,
  errorsAsJson: maybe(Type.Boolean()),
});
export type AttachmentRequest = Static<typeof AttachmentRequest>;
