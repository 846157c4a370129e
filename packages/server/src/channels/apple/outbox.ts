/**
 * The log is the outbox: what agents and programs said in a conversation of Apple is sent in its order, each
 * under the id of its entry, by one node at a time. What waits to be tried again is overtaken by nothing.
 */

import type { EntryRecord } from '../../conversations/index.ts';
import { type ConversationHint, conversationTopic, hasEnded } from '../../conversations/index.ts';
import { type Customer, keyOf } from './customer.ts';
import type { CustomerStore } from './customer-store.ts';
import { type Part, partId, partsOf } from './outgoing.ts';
import type { AppleParts } from './parts.ts';
import { nextTry } from './retry.ts';
import { type SendPartParts, sendPart } from './send-part.ts';
import type { NotAsked, SignIn } from './sign-in.ts';
import type { ThreadRecord, ThreadStore } from './thread-store.ts';
import type { Typing } from './typing.ts';
import { tellUndelivered, whyUndelivered } from './undelivered.ts';

export interface OutboxParts
  extends SendPartParts,
    Pick<AppleParts, 'bus' | 'configuration' | 'conversations' | 'log'> {
  threads: ThreadStore;
  customers: CustomerStore;
  typing: Typing;
  signIn: SignIn;
  tag: (key: { accountId: string; opaqueId: string }) => string;
}

export interface Outbox {
  /** One round: finds what no hint told of, and what is due again. */
  sweep(): Promise<void>;
  /** Listens to a conversation that has just begun on this node. */
  listen(conversationId: string): void;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

const LEASE_MS = 30_000;
const RENEW_MS = 8_000;
const PAGE = 50;
/** Of `lastSeqs` in one question. */
const IDS_AT_ONCE = 2000;
const NOT_FOUND = 404;

export function createOutbox(parts: OutboxParts): Outbox {
  const { bus, clock, configuration, conversations, threads, customers, signIn, log } = parts;
  const listening = new Map<string, () => void>();
  const underWay = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let closed = false;
  return {
    async sweep() {
      const open = await threads.open();
      listenTo(open);
      const now = clock.now();
      for (let start = 0; start < open.length; start += IDS_AT_ONCE) {
        const page = open.slice(start, start + IDS_AT_ONCE);
        const seqs = await conversations.lastSeqs(page.map(({ conversationId: id }) => id));
        for (const { conversationId, sentSeq, nextTryAt, leaseUntil } of page) {
          const isDue = nextTryAt <= now && leaseUntil <= now;
          if (isDue && (seqs.get(conversationId) ?? 0) > sentSeq) wake(conversationId);
        }
      }
    },
    listen,
    async close() {
      closed = true;
      for (const end of listening.values()) end();
      listening.clear();
      await Promise.all(underWay.values());
    },
  };

  function listenTo(open: ThreadRecord[]): void {
    const ids = new Set(open.map(({ conversationId }) => conversationId));
    for (const id of ids) listen(id);
    for (const [id, end] of listening) {
      if (ids.has(id)) continue;
      end();
      listening.delete(id);
    }
  }

  function listen(id: string): void {
    if (closed || listening.has(id)) return;
    const endEntries = bus.subscribe(conversationTopic(id), (hint) => {
      if (isOutgoing(hint)) wake(id);
    });
    const endTyping = parts.typing.listen(id);
    listening.set(id, () => {
      endEntries();
      endTyping();
    });
  }

  function wake(id: string): void {
    again.add(id);
    if (closed || underWay.has(id)) return;
    const running = run(id).finally(() => {
      underWay.delete(id);
      if (again.has(id)) wake(id);
    });
    underWay.set(id, running);
  }

  async function run(id: string): Promise<void> {
    again.delete(id);
    try {
      const now = clock.now();
      const thread = await threads.claim(id, now, now + LEASE_MS);
      if (thread) await serve(thread);
    } catch (cause) {
      log.warn({ err: cause, conversation: id }, 'apple: what is to be sent was not');
    }
  }

  async function serve(thread: ThreadRecord): Promise<void> {
    const id = thread.conversationId;
    const renewing = setInterval(() => {
      threads.renew(id, clock.now() + LEASE_MS).catch(() => {});
    }, RENEW_MS);
    let isOpen = true;
    try {
      const isDrained = await drain(thread);
      isOpen = !(isDrained && (await isOver(thread)));
    } finally {
      clearInterval(renewing);
      await threads.release(id, { isOpen });
    }
  }

  async function isOver({ conversationId, sentSeq }: ThreadRecord): Promise<boolean> {
    const record = await conversations.read(conversationId);
    return record === null || (hasEnded(record) && sentSeq >= record.lastSeq);
  }

  /** Whether all is sent or given up; false: it goes on later. */
  async function drain(thread: ThreadRecord): Promise<boolean> {
    const { conversationId: id } = thread;
    while (!closed) {
      const entries = await conversations.entries(id, { after: thread.sentSeq, limit: PAGE });
      if (entries.length === 0) return true;
      for (const entry of entries) {
        if (closed || !(await deliver(thread, entry))) return false;
      }
      await threads.sent(id, thread.sentSeq, 0);
    }
    return false;
  }

  /** Sends what is left of an entry, and marks it. False: it is to be tried again. */
  async function deliver(thread: ThreadRecord, entry: EntryRecord): Promise<boolean> {
    const messages = partsOf(entry, configuration.current());
    for (const [place, part] of messages.entries()) {
      if (place < thread.sentPart) continue;
      const account = configuration.current().appleAccounts.get(thread.accountId);
      if (!account) return failed(thread, entry, part, 'account_removed');
      const customer: Customer = { account, opaqueId: thread.opaqueId };
      const state = await customers.read(keyOf(customer));
      const id = partId(entry.id, place);
      const autoReply = entry.role === 'bot';
      parts.typing.said(entry.conversationId);
      const result = await sendPart({ customer, state, id, part, autoReply }, parts);
      if (result.outcome === 'refused') return failed(thread, entry, part, result.code);
      if (result.outcome === 'retry') {
        if (await triesAgain(thread, result)) return false;
        return failed(thread, entry, part, 'no_answer');
      }
      if (result.outcome === 'failed') {
        if (result.status === NOT_FOUND && part.type !== 'file')
          await customers.refuse(keyOf(customer), clock.now());
        return failed(thread, entry, part, whyUndelivered(result.status), result.status);
      }
      if (result.outcome === 'sent' && part.type === 'sign-in') await signIn.sent(part.request);
      await advance(thread, { ...thread, sentPart: place + 1 });
    }
    if (messages.length > 0) await advance(thread, { sentSeq: entry.seq, sentPart: 0 });
    else Object.assign(thread, { sentSeq: entry.seq, sentPart: 0 });
    return true;
  }

  async function advance(
    thread: ThreadRecord,
    { sentSeq, sentPart }: Pick<ThreadRecord, 'sentSeq' | 'sentPart'>,
  ): Promise<void> {
    Object.assign(thread, { sentSeq, sentPart, tries: 0, firstTryAt: null });
    await threads.sent(thread.conversationId, sentSeq, sentPart);
  }

  /** False: it has been tried for long enough. */
  async function triesAgain(
    thread: ThreadRecord,
    result: { status: number | null; afterMs?: number },
  ): Promise<boolean> {
    const now = clock.now();
    const tries = thread.tries + 1;
    const firstTryAt = thread.firstTryAt ?? now;
    const nextTryAt = nextTry({ tries, firstTryAt, now, ...result });
    if (nextTryAt === null) return false;
    const error = result.status === null ? 'no answer' : `status ${result.status}`;
    await threads.tryAgain(thread.conversationId, { tries, firstTryAt, nextTryAt, error });
    return true;
  }

  /** Given up: the agent reads so, and what comes after it goes on. */
  async function failed(
    thread: ThreadRecord,
    entry: EntryRecord,
    part: Part,
    code: string,
    status: number | null = null,
  ): Promise<true> {
    const { accountId: account, conversationId } = thread;
    const facts = { account, customer: parts.tag(thread), conversation: conversationId, code };
    log.warn(facts, 'apple: a message was not delivered');
    if (part.type === 'sign-in') await signIn.notSent(part.request, whyNotAsked(code, status));
    else await tellUndelivered(conversations, entry, code);
    await advance(thread, { sentSeq: entry.seq, sentPart: 0 });
    return true;
  }
}

function whyNotAsked(code: string, status: number | null): NotAsked {
  if (code === 'capability_missing') return { reason: code };
  if (code === 'account_removed') return { reason: 'sign_in_not_attached' };
  return { reason: 'gateway_rejected', status };
}

/** Hints of other nodes come over the wire. */
function isOutgoing(hint: unknown): boolean {
  const { entries } = hint as Partial<ConversationHint>;
  return (
    Array.isArray(entries) &&
    entries.some(
      ({ kind, role }) =>
        (kind === 'message' && role !== 'customer') ||
        kind === 'authentication-requested' ||
        kind === 'ended',
    )
  );
}
