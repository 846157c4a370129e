/**
 * What a customer is told by itself (Omnichannel §3.6): entries of the log, written in the transaction of
 * what they tell of.
 */
import type { AutomatedTrigger } from '@countersign/protocol';
import type { AutomatedMessage, Configuration } from '../configuration/index.ts';
import type { ConversationChange, ConversationRecord } from '../conversations/index.ts';

export interface Told {
  agent?: string;
  /** Name. */
  queue?: string;
  position?: number;
  /** Until an agent has time, as it usually is. */
  waitMs?: number | null;
}

type Draft = NonNullable<ConversationChange['entries']>[number];

/** The messages that the workstream has for these triggers, in their order; none: it has none. */
export type Tell = (
  record: Pick<ConversationRecord, 'workstreamId' | 'locale' | 'context' | 'queueId'>,
  triggers: AutomatedTrigger[],
  told?: Told,
) => Draft[];

export function createTell(configuration: Configuration): Tell {
  return (record, triggers, told = {}) => {
    const { workstreams, queues } = configuration.current();
    const messages = workstreams.get(record.workstreamId)?.automatedMessages ?? [];
    const queue = queues.get(record.queueId ?? '')?.name;
    const slugs = slugsOf({ ...(queue !== undefined && { queue }), ...told });
    return triggers.flatMap((trigger) => {
      const message = inLocale(
        messages.filter(({ on }) => on === trigger),
        record.locale,
      );
      if (!message) return [];
      const text = fill(message.text, slugs, record.context);
      return text === '' ? [] : [{ kind: 'message', role: 'bot', text, data: { trigger } }];
    });
  };
}

/** In the customer's language, else in English, else as it is. */
function inLocale(messages: AutomatedMessage[], locale: string | null): AutomatedMessage | null {
  const wanted = (locale ?? '').toLowerCase().replace('_', '-');
  const [language = ''] = wanted.split('-');
  const of = (tag: string) => messages.find((message) => message.locale.toLowerCase() === tag);
  return of(wanted) ?? of(language) ?? of('en') ?? messages[0] ?? null;
}

function slugsOf({ agent, queue, position, waitMs }: Told): ReadonlyMap<string, string> {
  const minutes = waitMs == null ? '' : String(Math.max(1, Math.ceil(waitMs / 60_000)));
  return new Map([
    ['AgentName', agent ?? ''],
    ['QueueName', queue ?? ''],
    ['Position', position === undefined ? '' : String(position)],
    ['Minutes', minutes],
  ]);
}

/** `{AgentName}` is ours, `{$Variable$}` the conversation's. What is unknown is left empty. */
function fill(
  text: string,
  slugs: ReadonlyMap<string, string>,
  context: ConversationRecord['context'],
): string {
  return text
    .replace(/\{(\$?)(\w+)(\$?)\}/g, (slug, before: string, name: string, after: string) => {
      if (before !== after) return slug;
      if (before === '') return slugs.get(name) ?? '';
      return String(context.find((variable) => variable.name === name)?.value ?? '');
    })
    .trim();
}
