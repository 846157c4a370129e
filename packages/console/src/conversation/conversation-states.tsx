import { Skeleton } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { words } from '../strings/words.ts';
import './conversation-states.css';

export function NoConversation() {
  return (
    <div className="state conversation-ground">
      <IconMessages size={32} stroke={1.5} aria-hidden />
      <strong>{words.conversation.none}</strong>
      <p>{words.conversation.noneHint}</p>
    </div>
  );
}

/** Unknown and foreign conversations look alike. */
export function ConversationMissing() {
  return (
    <div className="state conversation-ground">
      <strong>{words.conversation.missing}</strong>
      <p>{words.conversation.missingHint}</p>
      <Link to="/inbox/$view" params={{ view: 'mine' }}>
        {words.shell.toInbox}
      </Link>
    </div>
  );
}

export function ConversationLoading() {
  return (
    <div
      className="conversation-loading conversation-ground"
      role="status"
      aria-label={words.conversation.loading}
    >
      <Skeleton height={40} width="46%" radius={16} />
      <Skeleton height={56} width="60%" radius={16} />
      <Skeleton className="conversation-loading-own" height={56} width="52%" radius={16} />
      <Skeleton height={40} width="38%" radius={16} />
    </div>
  );
}
