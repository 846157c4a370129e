import { Gauge } from 'prom-client';
import { CONVERSATIONS_TOPIC, type ConversationHint } from '../../conversations/index.ts';
import { type CheckOutgoing, createCheckOutgoing } from './check-outgoing.ts';
import { createTag } from './customer.ts';
import { type CustomerState, customerStore } from './customer-store.ts';
import { downloadStore } from './download-store.ts';
import { createDownloads } from './downloads.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { createOutbox } from './outbox.ts';
import type { AppleParts } from './parts.ts';
import { createReceive } from './receive.ts';
import { receivedStore } from './received-store.ts';
import { requestStore } from './request-store.ts';
import { noSignIn } from './sign-in.ts';
import { createTakeReply } from './take-reply.ts';
import { type ThreadRecord, threadStore } from './thread-store.ts';
import { createTyping } from './typing.ts';
import { serveWebhook } from './webhook.ts';

/** Longer than the 7 days for which Apple may repeat something. */
const RECEIVED_KEPT_MS = 8 * 24 * 3_600_000;
/** Who answers later than this answers nothing that anybody remembers. */
const REQUESTS_KEPT_MS = 90 * 24 * 3_600_000;

/** Whom a conversation is with, as Apple knows them. */
export type AppleThread = Pick<ThreadRecord, 'accountId' | 'opaqueId'> & CustomerState;

export interface AppleChannel {
  gateway: Gateway;
  checkOutgoing: CheckOutgoing;
  /** Null: it is not a conversation of this channel. */
  threadOf(conversationId: string): Promise<AppleThread | null>;
  /** One round: sends what is due, and fetches. */
  sweep(): Promise<void>;
  /** Forgets what need not be remembered any more. */
  forget(): Promise<void>;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

/** Apple Messages for Business (spec/apple-messages-for-business.md). */
export function createAppleChannel(parts: AppleParts): AppleChannel {
  const { database, bus, clock, log, metrics, outbound, signIn = noSignIn } = parts;
  const customers = customerStore(database);
  const threads = threadStore(database);
  const received = receivedStore(database);
  const requests = requestStore(database);
  const tag = createTag(parts.seal);
  const healthy = new Gauge({
    name: 'countersign_apple_account_healthy',
    help: '1 while the gateway knows the account by its token, 0 once it refused it',
    labelNames: ['account'],
    registers: [metrics],
  });
  const gateway = createGateway({
    ...{ outbound, clock, log },
    onHealth: ({ id }, isHealthy) => healthy.set({ account: id }, isHealthy ? 1 : 0),
  });
  const takeReply = createTakeReply({ ...parts, requests, signIn, tag });
  const store = downloadStore(database);
  const downloads = createDownloads({ ...parts, store, received, gateway, takeReply });
  const typing = createTyping({ ...parts, threads, customers, gateway });
  const sending = { threads, customers, requests, gateway, typing, signIn, tag };
  const outbox = createOutbox({ ...parts, ...sending });
  const receive = createReceive({ ...parts, customers, received, downloads, takeReply, signIn });
  serveWebhook({ ...parts, receive });
  const unsubscribe = bus.subscribe(CONVERSATIONS_TOPIC, (hint) => {
    const { record } = hint as Partial<ConversationHint>;
    if (record?.channel === 'apple') outbox.listen(record.id);
  });
  return {
    gateway,
    checkOutgoing: createCheckOutgoing({ ...parts, threads, customers }),
    async threadOf(conversationId) {
      const thread = await threads.read(conversationId);
      if (!thread) return null;
      const { accountId, opaqueId } = thread;
      return { accountId, opaqueId, ...(await customers.read(thread)) };
    },
    async sweep() {
      downloads.sweep();
      await typing.sweep();
      await outbox.sweep();
    },
    async forget() {
      await received.forget(clock.now() - RECEIVED_KEPT_MS);
      await requests.forget(clock.now() - REQUESTS_KEPT_MS);
    },
    async close() {
      unsubscribe();
      await outbox.close();
      await downloads.close();
    },
  };
}
