import type { ConversationHint, ConversationRecord } from '../conversations/index.ts';
import type { WorkspaceParts } from './index.ts';
import type { LiveSocket } from './live-socket.ts';
import { NOBODY_WAITS, queueWaiting } from './people-routes.ts';
import { agentName, presentConversation } from './present.ts';
import { servesCustomers } from './staff.ts';

/** The least between two counts of the queues. */
const QUEUES_EVERY_MS = 500;

interface Change {
  record: ConversationRecord;
  /** The last entry before what changed: whoever has it now lacks what comes after. */
  after: number;
}

export interface ChangeFeed {
  conversationChanged(hint: ConversationHint): void;
  agentChanged(id: string): void;
  /** Tells what had to wait, and what could not be read before; once a second. */
  tick(): void;
}

/**
 * Tells the sockets of the live feed what conversations, queues and agents have come to. What changes while
 * the change before is being read waits for it, so that nothing older is told last; of each just the newest
 * counts.
 */
export function createChangeFeed(
  parts: WorkspaceParts,
  sockets: ReadonlySet<LiveSocket>,
): ChangeFeed {
  const { conversations, configuration, routing, telemetry } = parts;
  const changes = new Map<string, Change>();
  const agents = new Set<string>();
  let queuesChanged = false;
  let queuesToldAt = Number.NEGATIVE_INFINITY;
  let isTelling = false;

  return {
    conversationChanged({ record, entries }) {
      if (!record) return;
      // Before it is routed it waits nowhere: the queue it comes to would be told later
      if (record.queueId !== null) queuesChanged = true;
      const before = changes.get(record.id);
      const after = Math.min(record.lastSeq - entries.length, before?.after ?? record.lastSeq);
      const isNewest = !before || before.record.lastSeq <= record.lastSeq;
      changes.set(record.id, { record: isNewest ? record : before.record, after });
      void tellAll();
    },
    agentChanged(id) {
      agents.add(id);
      void tellAll();
    },
    tick: () => void tellAll(),
  };

  async function tellAll(): Promise<void> {
    if (isTelling) return;
    isTelling = true;
    try {
      while (changes.size > 0 || agents.size > 0 || areQueuesDue())
        await Promise.all([tellQueues(), tellConversations(), tellAgents()]);
    } catch (cause) {
      queuesChanged = true;
      telemetry.log.warn({ err: cause }, 'live feed: changes are told a second later');
    } finally {
      isTelling = false;
    }
  }

  async function tellConversations(): Promise<void> {
    const told = [...changes.values()];
    const ids = told.map(({ record }) => record.id);
    const isHeard = sockets.size > 0 && ids.length > 0;
    const previews = isHeard ? await conversations.previews(ids) : null;
    for (const change of told) {
      const { record, after } = change;
      // What came meanwhile is told next, and says all that this would
      if (changes.get(record.id) !== change) continue;
      changes.delete(record.id);
      const conversation = presentConversation(record, parts, previews?.get(record.id));
      const frame = JSON.stringify({ type: 'conversation', conversation });
      for (const socket of sockets) socket.conversation(record, { conversation, frame }, after);
    }
  }

  async function tellAgents(): Promise<void> {
    const ids = [...agents];
    // Who changes while this is read is read again
    agents.clear();
    if (sockets.size === 0 || ids.length === 0) return;
    const statuses = await routing.statuses(ids).catch((cause: unknown) => {
      for (const id of ids) agents.add(id);
      throw cause;
    });
    for (const [id, { presence, load, capacity }] of statuses) {
      const agent = { id, name: agentName(id, configuration) };
      const frame = JSON.stringify({ type: 'presence', agent, presence, load, capacity });
      for (const socket of atWork()) socket.sendText(frame);
    }
  }

  /** Written once for all: a reader costs a look at what it was told last. */
  async function tellQueues(): Promise<void> {
    if (!areQueuesDue()) return;
    queuesChanged = false;
    queuesToldAt = performance.now();
    const listeners = atWork();
    if (listeners.length === 0) return;
    const waiting = await queueWaiting(parts);
    for (const { id, name } of configuration.current().queues.values()) {
      const status = waiting.get(id) ?? NOBODY_WAITS;
      const frame = JSON.stringify({ type: 'queue', queue: name, ...status });
      for (const socket of listeners) socket.queue(id, status.waiting, frame);
    }
  }

  function areQueuesDue(): boolean {
    return queuesChanged && performance.now() - queuesToldAt >= QUEUES_EVERY_MS;
  }

  function atWork(): LiveSocket[] {
    return [...sockets].filter(({ staff }) => servesCustomers(staff));
  }
}
