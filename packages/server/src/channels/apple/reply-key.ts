import { hash } from 'node:crypto';

/** Under which an answer to a bubble counts once, whatever its id (§3.3 step 8). */
export const replyKey = (opaqueId: string, requestIdentifier: string, kind: string): string =>
  `reply:${hash('sha256', JSON.stringify([opaqueId, requestIdentifier, kind]), 'hex')}`;
