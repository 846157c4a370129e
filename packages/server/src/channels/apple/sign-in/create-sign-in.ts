import { CALLBACK_PATH, serveCallback } from './callback.ts';
import { createComplete } from './complete.ts';
import { createDescribe } from './describe.ts';
import { createEnd } from './end.ts';
import type { AppleSignIn, SignInParts } from './index.ts';
import { createReplied } from './replied.ts';
import { createRequest } from './request.ts';
import { createReset } from './reset.ts';
import { pendingOfCustomer, read, sent } from './store.ts';
import { createSweep } from './sweep.ts';
import { standingOf, standingOfCustomer } from './sweep-store.ts';
import { createToSend } from './to-send.ts';

/** Adds the callback's route to `parts.http`. */
export function createSignIn(parts: SignInParts): AppleSignIn {
  const { clock, database, log } = parts;
  const db = database.kysely;
  const redirectUri = new URL(CALLBACK_PATH, parts.publicUrl).href;
  const end = createEnd(parts);
  const complete = createComplete(parts, end);
  const reset = createReset(parts);
  const replied = createReplied(parts, { end, complete });
  const underWay = new Set<Promise<void>>();
  serveCallback(parts, { end, complete, redirectUri });

  function goOn(work: () => Promise<unknown>): void {
    const running: Promise<void> = work()
      .then(() => {})
      .catch((cause: unknown) => log.error({ err: cause }, 'apple: a sign-in could not be judged'))
      .finally(() => underWay.delete(running));
    underWay.add(running);
  }

  return {
    request: createRequest(parts),
    describe: createDescribe(parts),
    toSend: createToSend(parts, end, redirectUri),
    sent: (requestIdentifier) => sent(db, requestIdentifier, clock.now()),
    async notSent(requestIdentifier, { reason, ...details }) {
      const request = await read(db, requestIdentifier);
      if (request) await end.failed(request, reason, details);
    },
    async replied(reply) {
      const rest = await replied(reply);
      if (rest) goOn(rest);
    },
    async closed({ account, opaqueId }) {
      const customer = { accountId: account.id, opaqueId };
      for (const request of await pendingOfCustomer(db, customer)) await end.cancelled(request);
      for (const { conversationId } of await standingOfCustomer(db, customer, clock.now()))
        await reset(conversationId, 'conversation_ended');
    },
    async signOut(person) {
      let count = 0;
      for (const { conversationId } of await standingOf(db, person, clock.now()))
        count += (await reset(conversationId, 'signed_out')) ? 1 : 0;
      return count;
    },
    sweep: createSweep(parts, { end, complete, reset }),
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
