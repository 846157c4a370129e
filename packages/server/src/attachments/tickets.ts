/** What lets somebody without a session upload or download one file for a while (F02). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../platform/index.ts';

const LIFETIME_MS = 10 * 60_000;

export type Purpose = 'upload' | 'download';

export function createTickets(key: Uint8Array, clock: Clock) {
  const sign = (purpose: Purpose, id: string, until: number): string =>
    createHmac('sha256', key).update(`${purpose}\n${id}\n${until}`).digest('base64url');
  return {
    issue(purpose: Purpose, id: string): string {
      const until = clock.now() + LIFETIME_MS;
      return `${until}.${sign(purpose, id, until)}`;
    },
    isValid(purpose: Purpose, id: string, ticket: string): boolean {
      const [until = '', signature = ''] = ticket.split('.');
      if (!/^\d{1,15}$/.test(until) || Number(until) <= clock.now()) return false;
      const [given, own] = [Buffer.from(signature), Buffer.from(sign(purpose, id, Number(until)))];
      return given.length === own.length && timingSafeEqual(given, own);
    },
  };
}
