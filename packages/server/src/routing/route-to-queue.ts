import type { Configuration } from '../configuration/index.ts';
import type { ConversationChange, ConversationRecord } from '../conversations/index.ts';
import { evaluateRules } from './evaluate-rules.ts';

/** What routing writes: queue, priority, and an entry that says which rule matched and on which values. */
export function routeToQueue(
  configuration: Configuration,
  record: ConversationRecord,
): ConversationChange | null {
  if (record.state !== 'waiting' || record.queueId) return null;
  const snapshot = configuration.current();
  const workstream = snapshot.workstreams.get(record.workstreamId);
  if (!workstream) return null;
  const decision = evaluateRules(workstream, record);
  const queue = snapshot.queues.get(decision.queueId);
  const routing = { rule: decision.rule, because: decision.because };
  return {
    set: {
      queueId: decision.queueId,
      priority: decision.priority ?? queue?.priority ?? 100,
      routing,
    },
    entries: [
      {
        kind: 'queued',
        role: 'system',
        data: { queue: queue?.name ?? decision.queueId, ...routing },
      },
    ],
  };
}
