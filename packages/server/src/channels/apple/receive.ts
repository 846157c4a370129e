/** What becomes of a message that has been let in (§3.3 steps 7 to 9, §4). */
import { Counter } from 'prom-client';
import type { AppleAccount } from '../../configuration/index.ts';
import { type Customer, keyOf, ownerKeyOf } from './customer.ts';
import type { CustomerStore } from './customer-store.ts';
import type { Downloads, Wanted } from './downloads.ts';
import type { AppleParts } from './parts.ts';
import type { InboundMessage } from './read-message.ts';
import { readReply } from './read-reply.ts';
import type { ReceivedStore } from './received-store.ts';
import { replyKey } from './reply-key.ts';
import { say } from './say.ts';
import type { SignIn } from './sign-in.ts';
import type { TakeReply } from './take-reply.ts';

export interface ReceiveParts
  extends Pick<AppleParts, 'bus' | 'clock' | 'conversations' | 'routing' | 'log' | 'metrics'> {
  customers: CustomerStore;
  received: ReceivedStore;
  downloads: Downloads;
  takeReply: TakeReply;
  signIn: SignIn;
}

export type Receive = (account: AppleAccount, message: InboundMessage) => Promise<void>;

export function createReceive(parts: ReceiveParts): Receive {
  const { bus, clock, conversations, customers, received, downloads } = parts;
  const counter = new Counter({
    name: 'countersign_apple_received_total',
    help: 'Messages from Apple, by kind and what became of them',
    labelNames: ['type', 'outcome'],
    registers: [parts.metrics],
  });

  return async (account, message) => {
    const type = message.type ?? 'unknown';
    const keys = keysOf(message);
    const isRepeated = await received.hasAny(account.id, keys);
    counter.inc({ type, outcome: outcomeOf(message, isRepeated) });
    if (isRepeated || message.type === null) return;
    await customers.heard(keyOf({ account, opaqueId: message.opaqueId }), {
      capabilities: message.capabilities,
      writes: message.type === 'text' || message.type === 'interactive',
      now: clock.now(),
    });
    await take({ account, opaqueId: message.opaqueId }, message);
    await received.add(account.id, keys, clock.now());
  };

  function take(customer: Customer, message: InboundMessage): Promise<void> {
    switch (message.type) {
      case 'text':
        return takeText(customer, message);
      case 'interactive':
        return takeInteractive(customer, message);
      case 'typing_start':
        return tellTyping(customer);
      case 'close':
        return close(customer);
      default:
        return Promise.resolve();
    }
  }

  /** The text is there before the files are fetched: none of them can lose it (§4.2). */
  async function takeText(customer: Customer, message: InboundMessage): Promise<void> {
    const { id, text, files } = message;
    if (text !== null) await say(parts, customer, { text, clientId: id }, message);
    await downloads.begin(
      customer,
      id,
      files.map((file): Wanted => ({ type: 'file', file, from: factsOf(message) })),
    );
  }

  async function takeInteractive(customer: Customer, message: InboundMessage): Promise<void> {
    const { id, data, reference } = message;
    if (data) await parts.takeReply(customer, data, factsOf(message));
    else if (reference)
      await downloads.begin(customer, id, [{ type: 'reply', reference, from: factsOf(message) }]);
  }

  /** Never the beginning of a conversation (§4.5). */
  async function tellTyping(customer: Customer): Promise<void> {
    const open = await conversations.openOf(ownerKeyOf(customer));
    if (open) bus.publish(`typing/${open.id}`, { role: 'customer' });
  }

  /** §4.6: they are written to no more, until they write again. */
  async function close(customer: Customer): Promise<void> {
    await customers.close(keyOf(customer), clock.now());
    await parts.signIn.closed(customer);
    const open = await conversations.openOf(ownerKeyOf(customer));
    if (open) await parts.routing.endByCustomer(open.id, 'closed');
  }
}

const factsOf = ({ facts, locale }: InboundMessage) => ({ facts, locale });

/** The same answer has been seen under two ids (§3.3 step 8). */
function keysOf(message: InboundMessage): string[] {
  const byId = `id:${message.id}`;
  if (message.type !== 'interactive' || !message.data) return [byId];
  const { kind, requestIdentifier } = readReply(message.data);
  if (requestIdentifier === null) return [byId];
  return [byId, replyKey(message.opaqueId, requestIdentifier, kind)];
}

const outcomeOf = ({ type }: InboundMessage, isRepeated: boolean): string => {
  if (isRepeated) return 'repeated';
  return type === null ? 'ignored' : 'taken';
};
