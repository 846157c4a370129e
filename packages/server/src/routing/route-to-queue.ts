import { type Configuration, isOpen, type Snapshot } from '../configuration/index.ts';
import type { ConversationChange, ConversationRecord } from '../conversations/index.ts';
import type { RoutingFacts } from './evaluate-condition.ts';
import { evaluateRules } from './evaluate-rules.ts';

/** What routing writes: queue, priority, and an entry that says which rule matched and on which values. */
export function routeToQueue(
  configuration: Configuration,
  record: ConversationRecord,
  now: number,
): ConversationChange | null {
  if (record.state !== 'waiting' || record.queueId) return null;
  const snapshot = configuration.current();
  const workstream = snapshot.workstreams.get(record.workstreamId);
  if (!workstream) return null;
  const decision = evaluateRules(workstream, factsOf(record, snapshot, now));
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

function factsOf(record: ConversationRecord, snapshot: Snapshot, now: number): RoutingFacts {
  const { identity, deploymentId, locale, context, contactId } = record;
  const settings = [...snapshot.settings.values()];
  return {
    identity,
    settingId: settings.find(({ name }) => name === identity.setting)?.id ?? null,
    deploymentId,
    locale,
    context,
    contact: {
      ...(contactId && { id: contactId }),
      ...(record.customerName && { name: record.customerName }),
      ...(record.customerEmail && { email: record.customerEmail }),
    },
    isOpen(hoursId) {
      const hours = snapshot.operatingHours.get(hoursId);
      if (!hours) throw new Error(`there are no operating hours ${hoursId}`);
      return isOpen(hours, now);
    },
  };
}
