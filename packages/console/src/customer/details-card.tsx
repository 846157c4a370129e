import type { Conversation, Entry } from '@countersign/protocol';
import { isWaiting, waitMs } from '../conversation/wait.ts';
import { locale } from '../strings/language.ts';
import { words } from '../strings/words.ts';
import { absolute, duration, moment } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { Facts } from './facts.tsx';

interface Props {
  conversation: Conversation;
  entries: readonly Entry[];
}

export function DetailsCard({ conversation, entries }: Props) {
  const waiting = isWaiting(conversation);
  const now = useNow(waiting ? 1000 : 60_000);
  const { customer } = words;
  const wait = waitMs(conversation, entries, now);
  const { channel, openedAt, closedAt, priority } = conversation;
  const channelName = Object.entries(customer.channels).find(([key]) => key === channel)?.[1];
  return (
    <section className="customer-card">
      <h3>{customer.details}</h3>
      <Facts
        rows={[
          { name: customer.channel, value: channelName ?? channel },
          {
            name: waiting ? customer.waitingNow : customer.waited,
            value: wait === null ? null : duration(wait),
          },
          { name: customer.queue, value: conversation.queue },
          { name: customer.priority, value: priority === null ? null : String(priority) },
          { name: customer.agent, value: conversation.assignee?.name ?? customer.nobody },
          { name: customer.opened, value: moment(openedAt, now), hint: absolute(openedAt) },
          { name: customer.closedAt, value: closedAt && moment(closedAt, now) },
          { name: customer.language, value: languageName(conversation.locale) },
        ]}
      />
    </section>
  );
}

export function languageName(tag: string | undefined): string | null {
  if (!tag) return null;
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
