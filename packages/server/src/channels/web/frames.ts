/**
 * Every frame that the node sends on the socket (Guest API §3), serialised. Fields without a value are
 * left out: clients refuse `null`, and take numbers only as integers (§3.1).
 */
import {
  type ConnectionClosed,
  type GenerateUrlError,
  type GetConfigurationResponse,
  GuestErrorCode,
  type GuestEvent,
  type JwtResponse,
  MAX_CUSTOM_DATA_BYTES,
  type PresenceType,
  type PresignedUrlResponse,
  type SessionResponse,
  type StructuredMessage,
  TYPING_DURATION_MS,
  type UploadFailure,
  type UploadSuccess,
} from '@countersign/protocol';
import { BLOCKED_EXTENSIONS } from '../../attachments/index.ts';
import type { MessengerConfiguration } from '../../configuration/index.ts';
import { newId } from '../../platform/index.ts';

type Tracing = string | undefined;

const frame = (
  type: 'response' | 'message',
  name: string,
  body: object | string,
  tracingId?: Tracing,
  code = 200,
): string =>
  JSON.stringify(
    tracingId === undefined
      ? { type, class: name, code, body }
      : { type, class: name, code, body, tracingId },
  );

export const sessionResponse = (body: SessionResponse, tracingId: Tracing): string =>
  frame('response', 'SessionResponse', body, tracingId);

export const structuredMessage = (body: StructuredMessage, tracingId?: Tracing): string =>
  frame('message', 'StructuredMessage', body, tracingId);

export const jwtResponse = (body: JwtResponse, tracingId: Tracing): string =>
  frame('response', 'JwtResponse', body, tracingId);

export const configurationResponse = (body: GetConfigurationResponse, tracingId: Tracing): string =>
  frame('response', 'GetConfigurationResponse', body, tracingId);

export const errorFrame = (code: number, text: string, tracingId: Tracing): string =>
  frame('response', 'string', text, tracingId, code);

export const presignedUrl = (body: PresignedUrlResponse, tracingId: Tracing): string =>
  frame('response', 'PresignedUrlResponse', body, tracingId);

export const attachmentDeleted = (attachmentId: string, tracingId: Tracing): string =>
  frame('response', 'AttachmentDeletedResponse', { attachmentId }, tracingId);

export const uploadSuccess = (body: UploadSuccess): string =>
  frame('message', 'UploadSuccessEvent', body);

export const uploadFailure = (body: UploadFailure): string =>
  frame('message', 'UploadFailureEvent', body);

export const generateUrlError = (body: GenerateUrlError, tracingId: Tracing): string =>
  frame('response', 'GenerateUrlError', body, tracingId, GuestErrorCode.malformed);

export const tooManyRequests = (
  retryAfter: number,
  errorMessage: string,
  tracingId: Tracing,
): string =>
  frame(
    'response',
    'TooManyRequestsErrorMessage',
    { retryAfter, errorCode: GuestErrorCode.rateTooHigh, errorMessage },
    tracingId,
    GuestErrorCode.tooManyRequests,
  );

/** Clients read the reason under one name or the other. */
export function connectionClosed(reason?: 'signedIn'): string {
  const body: ConnectionClosed = reason ? { reason, reasonCode: reason } : {};
  return frame('message', 'ConnectionClosedEvent', body);
}

export const sessionExpired = (): string => frame('response', 'SessionExpiredEvent', {});
export const sessionCleared = (): string => frame('message', 'SessionClearedEvent', {});
export const logout = (): string => frame('message', 'LogoutEvent', {});

/** The answer to a health check; only here is a `StructuredMessage` a response. */
export function echo(
  now: number,
  text: string | undefined,
  session: { durationSeconds: number; expiresAt: number } | null,
  tracingId: Tracing,
): string {
  const body: StructuredMessage = {
    id: messageId(newId()),
    type: 'Text',
    direction: 'Inbound',
    ...(text === undefined ? {} : { text }),
    channel: { time: isoTime(now) },
    ...(session && {
      metadata: {
        durationSeconds: String(session.durationSeconds),
        expirationDate: String(epochSeconds(session.expiresAt)),
      },
    }),
  };
  return frame('response', 'StructuredMessage', body, tracingId);
}

/** An event that is told but not kept. */
export function passingEvent(
  event: GuestEvent,
  direction: 'Inbound' | 'Outbound',
  now: number,
  from: StructuredMessage['channel']['from'],
  tracingId?: Tracing,
): string {
  const body: StructuredMessage = {
    id: messageId(newId()),
    type: 'Event',
    direction,
    originatingEntity: 'Human',
    channel: { time: isoTime(now), type: 'Private', ...(from && { from }) },
    events: [event],
  };
  return structuredMessage(body, tracingId);
}

export const presenceEvent = (type: PresenceType): GuestEvent => ({
  eventType: 'Presence',
  presence: { type },
});

export const typingEvent: GuestEvent = {
  eventType: 'Typing',
  typing: { type: 'On', duration: TYPING_DURATION_MS },
};

/** What a client may send besides text. */
export function mediaLimits({ attachments }: Pick<MessengerConfiguration, 'attachments'>) {
  const { enabled, fileTypes, maxFileSizeKB } = attachments;
  const types = enabled ? fileTypes : [];
  return {
    allowedMedia: {
      inbound: {
        fileTypes: types.map((type) => ({ type })),
        maxFileSizeKB: enabled ? maxFileSizeKB : 0,
      },
    },
    blockedExtensions: enabled ? BLOCKED_EXTENSIONS : [],
    maxCustomDataBytes: MAX_CUSTOM_DATA_BYTES,
  };
}

/** ISO 8601 with milliseconds, the same live and in history (§3.1 rule 5). */
export const isoTime = (ms: number): string => new Date(ms).toISOString();
/** 32 hexadecimal digits. */
export const messageId = (uuid: string): string => uuid.replaceAll('-', '');
export const epochSeconds = (ms: number): number => Math.floor(ms / 1000);
