import { type Static, type TSchema, Type } from 'typebox';
import { StructuredMessage } from './guest-message.ts';

const AllowedMedia = Type.Object({
  inbound: Type.Object({
    fileTypes: Type.Array(Type.Object({ type: Type.String() })),
    maxFileSizeKB: Type.Integer(),
  }),
});

export const SessionResponse = Type.Object({
  connected: Type.Boolean(),
  newSession: Type.Optional(Type.Boolean()),
  readOnly: Type.Optional(Type.Boolean()),
  clearedExistingSession: Type.Optional(Type.Boolean()),
  allowedMedia: Type.Optional(AllowedMedia),
  blockedExtensions: Type.Optional(Type.Array(Type.String())),
  maxCustomDataBytes: Type.Optional(Type.Integer()),
  durationSeconds: Type.Optional(Type.Integer({ description: 'inactivity lifetime' })),
  expirationDate: Type.Optional(Type.Integer({ description: 'epoch seconds' })),
});
export type SessionResponse = Static<typeof SessionResponse>;

export const JwtResponse = Type.Object({
  jwt: Type.String(),
  exp: Type.Integer({ description: 'epoch seconds' }),
});
export type JwtResponse = Static<typeof JwtResponse>;

export const GetConfigurationResponse = Type.Object({
  allowedMedia: AllowedMedia,
  blockedExtensions: Type.Array(Type.String()),
  maxCustomDataBytes: Type.Integer(),
  messageRoutingEnabled: Type.Boolean(),
  sessionDurationSeconds: Type.Integer(),
});
export type GetConfigurationResponse = Static<typeof GetConfigurationResponse>;

export const TooManyRequests = Type.Object({
  retryAfter: Type.Integer({ minimum: 1, description: 'seconds' }),
  errorCode: Type.Literal(4029),
  errorMessage: Type.String(),
});
export type TooManyRequests = Static<typeof TooManyRequests>;

export const GenerateUrlError = Type.Object({
  attachmentId: Type.String(),
  errorCode: Type.Integer(),
  errorMessage: Type.String(),
});
export type GenerateUrlError = Static<typeof GenerateUrlError>;

/** Where to upload (`headers` to send along), or to download again (no headers, with the size). */
export const PresignedUrlResponse = Type.Object({
  attachmentId: Type.String(),
  headers: Type.Record(Type.String(), Type.String()),
  url: Type.String(),
  fileName: Type.Optional(Type.String()),
  fileSize: Type.Optional(Type.Integer()),
  fileType: Type.Optional(Type.String()),
});
export type PresignedUrlResponse = Static<typeof PresignedUrlResponse>;

export const UploadSuccess = Type.Object({
  attachmentId: Type.String(),
  downloadUrl: Type.String(),
  timestamp: Type.String(),
});
export type UploadSuccess = Static<typeof UploadSuccess>;

export const UploadFailure = Type.Object({
  attachmentId: Type.String(),
  errorCode: Type.Integer(),
  errorMessage: Type.String(),
  timestamp: Type.String(),
});
export type UploadFailure = Static<typeof UploadFailure>;

const AttachmentDeleted = Type.Object({ attachmentId: Type.String() });

/** `reason` and `reasonCode` say the same: clients read one or the other. */
export const ConnectionClosed = Type.Object({
  reason: Type.Optional(Type.Literal('signedIn')),
  reasonCode: Type.Optional(Type.Literal('signedIn')),
});
export type ConnectionClosed = Static<typeof ConnectionClosed>;

const Nothing = Type.Object({});

const frame = <Name extends string, Body extends TSchema>(
  type: 'response' | 'message',
  name: Name,
  body: Body,
  code: TSchema = Type.Literal(200),
) =>
  Type.Object({
    type: Type.Literal(type),
    class: Type.Literal(name),
    code,
    body,
    tracingId: Type.Optional(Type.String()),
  });

/** Everything that the node sends on the socket. */
export const GuestFrame = Type.Union([
  frame('response', 'SessionResponse', SessionResponse),
  frame('message', 'StructuredMessage', StructuredMessage),
  frame('response', 'StructuredMessage', StructuredMessage),
  frame('response', 'JwtResponse', JwtResponse),
  frame('response', 'GetConfigurationResponse', GetConfigurationResponse),
  frame('response', 'TooManyRequestsErrorMessage', TooManyRequests, Type.Literal(429)),
  frame('response', 'PresignedUrlResponse', PresignedUrlResponse),
  frame('response', 'AttachmentDeletedResponse', AttachmentDeleted),
  frame('message', 'UploadSuccessEvent', UploadSuccess),
  frame('message', 'UploadFailureEvent', UploadFailure),
  frame('response', 'GenerateUrlError', GenerateUrlError, Type.Integer()),
  frame('response', 'string', Type.String(), Type.Integer({ minimum: 400 })),
  frame('message', 'ConnectionClosedEvent', ConnectionClosed),
  frame('response', 'SessionExpiredEvent', Nothing),
  frame('message', 'SessionClearedEvent', Nothing),
  frame('message', 'LogoutEvent', Nothing),
]);
export type GuestFrame = Static<typeof GuestFrame>;
