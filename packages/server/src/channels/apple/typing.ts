import { newId } from '../../platform/index.ts';
import type { CustomerStore } from './customer-store.ts';
import type { Gateway } from './gateway.ts';
import type { AppleParts } from './parts.ts';
import type { ThreadStore } from './thread-store.ts';

export interface TypingParts extends Pick<AppleParts, 'bus' | 'clock' | 'configuration' | 'log'> {
  threads: ThreadStore;
  customers: CustomerStore;
  gateway: Gateway;
}

/** A console says so again and again; Apple is told so often at most. */
const TELL_EVERY_MS = 10_000;
/** Who has not said so for so long has stopped: a console says it every five seconds. */
const STOPPED_MS = 8000;

/**
 * Tells a customer's device that an agent is writing, and that they have stopped; a message ends it on the
 * device by itself. Best effort: not tried again, no failure shown (§5.7).
 */
export function createTyping(parts: TypingParts) {
  const { bus, clock, configuration, threads, customers, gateway, log } = parts;
  /** When an agent was last heard writing, in conversations whose device this node told so. */
  const writing = new Map<string, number>();

  async function start(conversationId: string): Promise<void> {
    const now = clock.now();
    if (writing.has(conversationId)) writing.set(conversationId, now);
    // Every node hears of it; one tells
    if (!(await threads.mayType(conversationId, now, now - TELL_EVERY_MS))) return;
    writing.set(conversationId, now);
    await tell(conversationId, 'typing_start');
  }

  async function tell(conversationId: string, type: 'typing_start' | 'typing_end'): Promise<void> {
    const thread = await threads.read(conversationId);
    const account = configuration.current().appleAccounts.get(thread?.accountId ?? '');
    if (!thread || !account) return;
    const { isSilent } = await customers.read(thread);
    if (isSilent !== null) return;
    const { opaqueId: destinationId } = thread;
    await gateway.post(account, '/message', { id: newId(), destinationId, body: { type } });
  }

  const ignore = (cause: unknown): void => log.debug({ err: cause }, 'apple: typing was not told');

  return {
    listen: (conversationId: string): (() => void) =>
      bus.subscribe(`typing/${conversationId}`, (hint) => {
        if (isAgents(hint)) start(conversationId).catch(ignore);
      }),
    /** A message goes out: it ends the typing on the device. */
    said: (conversationId: string) => void writing.delete(conversationId),
    /** Whoever was writing and has stopped without a message. */
    async sweep(): Promise<void> {
      for (const [id, at] of writing) {
        if (at + STOPPED_MS > clock.now()) continue;
        writing.delete(id);
        if (await threads.mayEndTyping(id)) await tell(id, 'typing_end').catch(ignore);
      }
    },
  };
}
export type Typing = ReturnType<typeof createTyping>;

const isAgents = (hint: unknown): boolean =>
  typeof hint === 'object' && hint !== null && 'role' in hint && hint.role === 'agent';
