import type { AttemptSummary } from '@countersign/protocol';
import type { Bus, Clock } from '../../platform/index.ts';
import type { StoredAttempt } from './recorder.ts';

/** Hints are `AttemptsHint`s. */
export const ATTEMPTS_TOPIC = 'attempts';

export interface AttemptsHint {
  attempts: AttemptSummary[];
  /** How many more there were. */
  skipped: number;
}

/** Of one node. A flood of refusals must not become a flood between the nodes. */
const MOST_PER_SECOND = 20;

/** Tells the other parts of new attempts, after they are committed; of a flood only some. */
export function announceAttempts(bus: Bus | undefined, clock: Clock) {
  let second = 0;
  let told = 0;
  let skipped = 0;

  function publish(attempts: AttemptSummary[]): void {
    if (attempts.length === 0 && skipped === 0) return;
    const hint: AttemptsHint = { attempts, skipped };
    skipped = 0;
    bus?.publish(ATTEMPTS_TOPIC, hint);
  }

  return {
    announce(stored: StoredAttempt[]): void {
      const now = Math.floor(clock.now() / 1000);
      if (now !== second) {
        second = now;
        told = 0;
      }
      const some = stored.slice(0, Math.max(0, MOST_PER_SECOND - told));
      told += some.length;
      skipped += stored.length - some.length;
      if (some.length > 0) publish(some.map(summaryOf));
    },
    /** Says how many were left out since. */
    settle: () => publish([]),
  };
}

const summaryOf = (attempt: StoredAttempt): AttemptSummary => ({
  id: attempt.id,
  reference: attempt.reference,
  at: attempt.at,
  settingId: attempt.settingId,
  setting: attempt.setting,
  deployment: attempt.deployment,
  channel: attempt.channel,
  outcome: attempt.outcome,
  reason: attempt.reason,
  subject: attempt.subject,
});
