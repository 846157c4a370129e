import { createHash } from 'node:crypto';
import type { Database } from '../../platform/index.ts';

/** A token that counts once, by its `jti` among the tokens of its setting. */
export interface OneToken {
  settingId: string;
  jti: string;
  /** Ms since the epoch; from then on its own `exp` refuses it. */
  expiresAt: number;
}

/** Says whether this is the token's first use, and remembers it. */
export type UseOnce = (token: OneToken, nowMs: number) => Promise<boolean>;

/** Rows removed beside an insert: more than come in, so that none pile up. */
const SWEPT_AT_ONCE = 20;

/**
 * The primary key decides, so that of two nodes with the same token exactly one wins (row T25). What
 * has expired is swept here too, and needs no timer.
 */
const USE_ONCE = `
  with swept as (
    delete from used_tokens where (setting_id, digest) in (
      select setting_id, digest from used_tokens where expires_at < $4
      order by expires_at limit ${SWEPT_AT_ONCE} for update skip locked))
  insert into used_tokens (setting_id, digest, expires_at) values ($1, $2, $3)
  on conflict (setting_id, digest) do nothing
  returning true`;

export const usedTokenStore =
  ({ pool }: Database): UseOnce =>
  async ({ settingId, jti, expiresAt }, nowMs) => {
    const digest = createHash('sha256').update(jti).digest();
    const { rowCount } = await pool.query({
      name: 'use-token-once',
      text: USE_ONCE,
      values: [settingId, digest, new Date(expiresAt), new Date(nowMs)],
    });
    return rowCount === 1;
  };
