import type { Complete } from './complete.ts';
import type { End } from './end.ts';
import type { SignInParts } from './index.ts';
import { KEPT_MS } from './limits.ts';
import { sourceOf } from './replied.ts';
import type { Reset } from './reset.ts';
import type { SignInRequest } from './store.ts';
import { forget, overdue, standing, uncompleted } from './sweep-store.ts';

const FORGET_EVERY_MS = 3_600_000;
const ENDED_AT_ONCE = 100;

interface Steps {
  end: End;
  complete: Complete;
  reset: Reset;
}

/** One round of what time brings. What fails in it is tried again in the next. */
export function createSweep(parts: SignInParts, { end, complete, reset }: Steps) {
  const { clock, configuration, conversations, database, identity, log } = parts;
  const db = database.kysely;
  let version: number | null = null;
  let forgotAt = Number.NEGATIVE_INFINITY;

  return async (): Promise<void> => {
    const now = clock.now();
    await each(await uncompleted(db), complete);
    await each(await overdue(db, now), (request) => endOverdue(request, now));
    const ended = await conversations.verifiedEnded('apple', ENDED_AT_ONCE);
    await each(ended, (id) => reset(id, 'conversation_ended'));
    await resetDetached(now);
    if (now - forgotAt < FORGET_EVERY_MS) return;
    await forget(db, now - KEPT_MS, now);
    forgotAt = now;
  };

  /** One that cannot be worked on holds up no other. */
  async function each<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<void> {
    for (const item of items)
      await work(item).catch((cause: unknown) =>
        log.error({ err: cause }, 'apple: a sign-in could not be swept'),
      );
  }

  async function endOverdue(request: SignInRequest, now: number): Promise<void> {
    const isUnconfirmed = request.provenAt !== null && request.reportedAt === null;
    if (!isUnconfirmed && request.expiresAt <= now) {
      await end.expired(request);
      return;
    }
    if (!(await end.failed(request, 'unconfirmed_by_device'))) return;
    const account = configuration.current().appleAccounts.get(request.accountId);
    if (!account) return;
    const refusal = { reason: 'unconfirmed_by_device', observed: 'no word of the device' } as const;
    await identity.refuseApple(account.setting, refusal, sourceOf(account));
  }

  /** Once for every version of the configuration: a setting that was taken from its account. */
  async function resetDetached(now: number): Promise<void> {
    const { version: current, appleAccounts } = configuration.current();
    if (current === version) return;
    for (const { accountId, settingId, conversationId } of await standing(db, now)) {
      if (appleAccounts.get(accountId)?.setting?.id === settingId) continue;
      await reset(conversationId, 'sign_in_not_attached');
    }
    version = current;
  }
}
