import type { Conversation, Entry } from '@countersign/protocol';
import { ActionIcon } from '@mantine/core';
import {
  IconArrowLeft,
  IconLayoutSidebarRight,
  IconLayoutSidebarRightFilled,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { IdentityPill } from '../identity/identity-pill.tsx';
import { shownName } from '../inbox/conversation-row.tsx';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import { duration } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { ConversationActions } from './conversation-actions.tsx';
import { isWaiting, waitMs } from './wait.ts';
import './conversation-header.css';

interface Props {
  conversation: Conversation;
  entries: readonly Entry[];
  detailsOpened: boolean;
  onDetails: () => void;
}

export function ConversationHeader(props: Props) {
  const { conversation, entries, detailsOpened, onDetails } = props;
  const now = useNow(isWaiting(conversation) ? 1000 : 30_000);
  const DetailsIcon = detailsOpened ? IconLayoutSidebarRightFilled : IconLayoutSidebarRight;
  return (
    <header className="conversation-header">
      <BackButton />
      <div className="conversation-who">
        <h2 className="one-line">{shownName(conversation)}</h2>
        <div className="conversation-sub">
          <IdentityPill identity={conversation.identity} now={now} />
          <Where conversation={conversation} entries={entries} now={now} />
        </div>
      </div>
      <div className="conversation-actions">
        <ConversationActions conversation={conversation} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={
            detailsOpened ? words.conversation.hideDetails : words.conversation.showDetails
          }
          aria-expanded={detailsOpened}
          onClick={onDetails}
        >
          <DetailsIcon size={20} stroke={1.5} aria-hidden />
        </ActionIcon>
      </div>
    </header>
  );
}

function BackButton() {
  const navigate = useNavigate();
  return (
    <ActionIcon
      className="conversation-back"
      variant="subtle"
      color="gray"
      size={44}
      aria-label={words.back}
      onClick={() => void navigate({ from: '/inbox/$view/$conversation', to: '..', search: true })}
    >
      <IconArrowLeft size={22} stroke={1.5} aria-hidden />
    </ActionIcon>
  );
}

function Where(props: { conversation: Conversation; entries: readonly Entry[]; now: number }) {
  const { conversation, entries, now } = props;
  const me = useWorkspaceState((state) => state.me.id);
  const { assignee, state } = conversation;
  const waited = waitMs(conversation, entries, now);
  const time = waited === null ? null : duration(waited);
  const wait = isWaiting(conversation) ? words.conversation.waiting : words.conversation.waited;
  const parts = [
    conversation.queue ?? words.list.noQueue,
    time === null ? null : wait(time),
    assignee && assignee.id !== me ? words.conversation.assignedTo(assignee.name) : null,
    state === 'closed' || state === 'wrap-up' ? words.conversation.ended : null,
  ];
  return <p className="secondary one-line">{parts.filter((part) => part !== null).join(' · ')}</p>;
}
