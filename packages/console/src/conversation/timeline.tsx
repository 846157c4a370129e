import type { Conversation, Entry } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import { dayLabel } from '../time/format-time.ts';
import { BoundaryLine, EventLine } from './event-line.tsx';
import { groupEntries, type TimelineItem } from './group-entries.ts';
import { MessageGroup } from './message-group.tsx';
import { NewMessageAnnouncer } from './new-message-announcer.tsx';
import { OutgoingMessage } from './outgoing-message.tsx';
import { TypingIndicator } from './typing-indicator.tsx';
import { useTimelineScroll } from './use-timeline-scroll.ts';
import './timeline.css';

interface Props {
  conversation: Conversation;
  entries: readonly Entry[];
  name: string;
}

export function Timeline({ conversation, entries, name }: Props) {
  const { id } = conversation;
  const allOutgoing = useWorkspaceState((state) => state.outgoing);
  const outgoing = allOutgoing.filter((message) => message.conversation === id);
  const typing = useWorkspaceState((state) => state.typing.get(id));
  const items = useMemo(() => groupEntries(entries), [entries]);
  const scroll = useTimelineScroll(entries, outgoing.length, typing !== undefined);
  const hasEarlier = (entries[0]?.seq ?? 1) > 1;
  return (
    <div className="timeline-frame">
      <div
        className="timeline"
        ref={scroll.ref}
        onScroll={scroll.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region needs the keyboard
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={words.timeline.label}
      >
        {hasEarlier ? <Earlier id={id} keepPlace={scroll.keepPlace} /> : null}
        <ol>
          {items.map((item) => (
            <Item key={item.key} item={item} log={entries} conversation={conversation} />
          ))}
          {outgoing.map((message) => (
            <OutgoingMessage key={message.clientId} message={message} />
          ))}
        </ol>
        {typing ? <TypingIndicator name={typing.name ?? name} /> : null}
      </div>
      <ToNewest shown={!scroll.atEnd} below={scroll.below} onClick={scroll.toEnd} />
      <NewMessageAnnouncer entries={entries} />
    </div>
  );
}

function Item(props: { item: TimelineItem; log: readonly Entry[]; conversation: Conversation }) {
  const { item, log, conversation } = props;
  const me = useWorkspaceState((state) => state.me.id);
  const { identity } = conversation;
  switch (item.kind) {
    case 'day':
      return (
        <li className="day secondary">
          <span>{dayLabel(item.at, Date.now())}</span>
        </li>
      );
    case 'event':
      return <EventLine entry={item.entry} />;
    case 'boundary':
      return (
        <BoundaryLine
          entry={item.entry}
          identity={identity}
          again={item.again}
          messagesAbove={item.messagesAbove}
        />
      );
    case 'messages':
      return <MessageGroup entries={item.entries} log={log} identity={identity} me={me} />;
  }
}

function Earlier({ id, keepPlace }: { id: string; keepPlace: () => void }) {
  const workspace = useWorkspace();
  const [busy, setBusy] = useState(false);
  const load = async () => {
    setBusy(true);
    keepPlace();
    await workspace.logs.readEarlier(id).catch(() => {});
    setBusy(false);
  };
  return (
    <div className="timeline-earlier">
      <Button variant="subtle" size="compact-sm" loading={busy} onClick={() => void load()}>
        {words.timeline.earlier}
      </Button>
    </div>
  );
}

function ToNewest(props: { shown: boolean; below: number; onClick: () => void }) {
  if (!props.shown) return null;
  return (
    <button
      type="button"
      className={`timeline-newest ${props.below > 0 ? 'timeline-newest-news' : ''}`}
      onClick={props.onClick}
    >
      <IconArrowDown size={16} stroke={1.5} aria-hidden />
      {words.timeline.newBelow(props.below)}
    </button>
  );
}
