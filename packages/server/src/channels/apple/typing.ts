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

/**
 * Tells a customer's device that an agent is writing. Best effort: not tried again, no failure shown (§5.7).
 * The message that follows ends it on the device.
 */
export function createTyping(parts: TypingParts) {
  const { bus, clock, configuration, threads, customers, gateway, log } = parts;

  async function tell(conversationId: string): Promise<void> {
    const now = clock.now();
    // Every node hears of it; one tells
    if (!(await threads.mayType(conversationId, now, now - TELL_EVERY_MS))) return;
    const thread = await threads.read(conversationId);
    const account = configuration.current().appleAccounts.get(thread?.accountId ?? '');
    if (!thread || !account) return;
    const { isSilent } = await customers.read(thread);
    if (isSilent !== null) return;
    const { opaqueId: destinationId } = thread;
    const body = { type: 'typing_start' };
    await gateway.post(account, '/message', { id: newId(), destinationId, body });
  }

  return {
    listen: (conversationId: string): (() => void) =>
      bus.subscribe(`typing/${conversationId}`, (hint) => {
        if (!isAgents(hint)) return;
        tell(conversationId).catch((cause: unknown) => {
          log.debug({ err: cause }, 'apple: typing was not told');
        });
      }),
  };
}
export type Typing = ReturnType<typeof createTyping>;

const isAgents = (hint: unknown): boolean =>
  typeof hint === 'object' && hint !== null && 'role' in hint && hint.role === 'agent';
