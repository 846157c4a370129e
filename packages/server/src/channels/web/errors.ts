import { GuestErrorCode } from '@countersign/protocol';
import { Fault } from '../../platform/index.ts';
import { errorFrame, tooManyRequests } from './frames.ts';
import { TooManyRequests } from './rate-limits.ts';

/** Faults of the socket. `status` is the code on the wire (Guest API §10). */
export const malformed = (message: string): Fault =>
  new Fault('malformed', GuestErrorCode.malformed, message);
export const forbidden = (code: string, message: string): Fault =>
  new Fault(code, GuestErrorCode.forbidden, message);
/** Of a connection without a session, and of another session's token: both answer alike. */
export const sessionNotFound = (): Fault =>
  new Fault('session_not_found', GuestErrorCode.sessionNotFound, 'Session not found');
export const expired = (): Fault =>
  new Fault('session_expired', GuestErrorCode.sessionExpired, 'Session has expired');

/** The one place where what went wrong becomes a frame. What is not a `Fault` says nothing outside. */
export function refusalFrame(cause: unknown, tracingId: string | undefined): string {
  if (cause instanceof TooManyRequests) {
    return tooManyRequests(cause.retryAfter, cause.message, tracingId);
  }
  if (cause instanceof Fault && isCallersFault(cause)) {
    return errorFrame(cause.status, cause.message, tracingId);
  }
  return errorFrame(GuestErrorCode.internal, 'Internal error', tracingId);
}

/** Codes from 4000 on are the protocol's own. */
export const isCallersFault = (fault: Fault): boolean =>
  fault.status < 500 || fault.status >= GuestErrorCode.featureUnavailable;
