import type { ConversationHint, ConversationRecord, EntryRecord } from '../conversations/index.ts';
import type { AgentStatus } from '../routing/index.ts';
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
 * counts. All is told together: a socket's frames leave in one write.
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
      while (changes.size > 0 || agents.size > 0 || areQueuesDue()) await tell();
    } catch (cause) {
      queuesChanged = true;
      telemetry.log.warn({ err: cause }, 'live feed: changes are told a second later');
    } finally {
      isTelling = false;
    }
  }

  async function tell(): Promise<void> {
    const told = [...changes.values()];
    const met = [...agents];
    const tellsQueues = areQueuesDue();
    if (tellsQueues) {
      queuesChanged = false;
      queuesToldAt = performance.now();
    }
    const isHeard = sockets.size > 0;
    const [previews, statuses, waiting] = await Promise.all([
      isHeard && told.length > 0
        ? conversations.previews(told.map(({ record }) => record.id))
        : null,
      isHeard && met.length > 0 ? routing.statuses(met) : null,
      isHeard && tellsQueues ? queueWaiting(parts) : null,
    ]);
    for (const change of told) {
      // What came meanwhile is told next, and says all that this would
      if (changes.get(change.record.id) !== change) continue;
      changes.delete(change.record.id);
      tellConversation(change, previews?.get(change.record.id));
    }
    for (const id of met) agents.delete(id);
    for (const [id, status] of statuses ?? []) tellAgent(id, status);
    if (waiting) tellQueues(waiting);
  }

  function tellConversation({ record, after }: Change, preview: EntryRecord | undefined): void {
    const conversation = presentConversation(record, parts, preview);
    const frame = JSON.stringify({ type: 'conversation', conversation });
    for (const socket of sockets) socket.conversation(record, { conversation, frame }, after);
  }

  function tellAgent(id: string, { presence, load, capacity }: AgentStatus): void {
    const agent = { id, name: agentName(id, configuration) };
    const frame = JSON.stringify({ type: 'presence', agent, presence, load, capacity });
    for (const socket of atWork()) socket.sendText(frame);
  }

  function areQueuesDue(): boolean {
    return queuesChanged && performance.now() - queuesToldAt >= QUEUES_EVERY_MS;
  }

  /** Written once for all: a reader costs a look at what it was told last. */
  function tellQueues(waiting: Awaited<ReturnType<typeof queueWaiting>>): void {
    const listeners = atWork();
    for (const { id, name } of configuration.current().queues.values()) {
      const status = waiting.get(id) ?? NOBODY_WAITS;
      const frame = JSON.stringify({ type: 'queue', queue: name, ...status });
      for (const socket of listeners) socket.queue(id, status.waiting, frame);
    }
  }

  function atWork(): LiveSocket[] {
    return [...sockets].filter(({ staff }) => servesCustomers(staff));
  }
}
