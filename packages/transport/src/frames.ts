/**
 * What the server may say (Guest API, section 3), checked. A frame of a wrong shape is `null`,
 * one of a class that is not read here is `other`, never an error: a newer server must not break an older
 * client.
 */
import { type Entry, type Passing, readBody } from './message.ts';
import { isRecord, type Json, numberAt, parseJson, textAt } from './read.ts';

export interface SessionBody {
  readonly connected: boolean;
  readonly newSession: boolean;
  readonly readOnly: boolean;
}

export type FrameBody =
  | { readonly kind: 'session'; readonly session: SessionBody }
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: Passing }
  | { readonly kind: 'jwt'; readonly jwt: string }
  | { readonly kind: 'throttled'; readonly retryAfter: number }
  | { readonly kind: 'error'; readonly code: number; readonly text: string }
  | { readonly kind: 'connection-closed'; readonly reason: string }
  | { readonly kind: 'session-expired' }
  | { readonly kind: 'session-cleared' }
  | { readonly kind: 'logout' }
  /** For whoever asked for it, or listens to it: files, for one (`files.ts`). */
  | { readonly kind: 'other'; readonly name: string; readonly body: Json };

export type Frame = FrameBody & { readonly tracingId: string };

/** Reads one text frame. `tracingId` is `''` when the frame answers no request. */
export function readFrame(data: unknown): Frame | null {
  const frame = parseJson(data);
  if (!isRecord(frame)) return null;
  const name = textAt(frame, 'class');
  const code = numberAt(frame, 'code');
  if (name === undefined || code === undefined) return null;
  const body = readFrameBody(name, code, frame.body);
  return body && { ...body, tracingId: textAt(frame, 'tracingId') ?? '' };
}

function readFrameBody(name: string, code: number, body: unknown): FrameBody | null {
  if (name === 'string')
    return typeof body === 'string' ? { kind: 'error', code, text: body } : null;
  if (!isRecord(body)) return null;
  switch (name) {
    case 'SessionResponse':
      return readSession(body);
    case 'StructuredMessage': {
      const entry = readBody(body);
      if (typeof entry === 'string') return { kind: entry };
      return entry && { kind: 'entry', entry };
    }
    case 'JwtResponse': {
      const jwt = textAt(body, 'jwt');
      return jwt === undefined ? null : { kind: 'jwt', jwt };
    }
    case 'TooManyRequestsErrorMessage':
      return { kind: 'throttled', retryAfter: Math.max(1, numberAt(body, 'retryAfter') ?? 1) };
    case 'ErrorMessage':
    case 'Error':
      return {
        kind: 'error',
        code: numberAt(body, 'errorCode') ?? code,
        text: textAt(body, 'errorMessage') ?? '',
      };
    case 'ConnectionClosedEvent':
      return {
        kind: 'connection-closed',
        reason: textAt(body, 'reason') ?? textAt(body, 'reasonCode') ?? '',
      };
    case 'SessionExpiredEvent':
      return { kind: 'session-expired' };
    case 'SessionClearedEvent':
      return { kind: 'session-cleared' };
    case 'LogoutEvent':
      return { kind: 'logout' };
    default:
      return { kind: 'other', name, body };
  }
}

function readSession(body: Json): FrameBody | null {
  if (typeof body.connected !== 'boolean') return null;
  return {
    kind: 'session',
    session: {
      connected: body.connected,
      newSession: body.newSession === true,
      readOnly: body.readOnly === true,
    },
  };
}
