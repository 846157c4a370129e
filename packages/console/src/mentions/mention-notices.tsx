import { Button, CloseButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import type { Mention } from '../live/workspace-state.ts';
import { words } from '../strings/words.ts';

/** Notes of colleagues that name this person, until they are opened or put away. */
export function MentionNotices() {
  const mentions = useWorkspaceState((state) => state.mentions);
  return (
    <div role="status" className="mentions">
      {mentions.map((mention) => (
        <MentionNotice key={mention.entry.id} mention={mention} />
      ))}
    </div>
  );
}

function MentionNotice({ mention: { conversation, entry } }: { mention: Mention }) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const open = () => {
    workspace.forgetMention(entry.id);
    const params = { view: 'all', conversation };
    return navigate({ to: '/inbox/$view/$conversation', params, search: {} });
  };
  return (
    <div className="offer mention">
      <div className="mention-head">
        <strong>{words.mentions.by(entry.from.name ?? words.timeline.agent)}</strong>
        <CloseButton aria-label={words.close} onClick={() => workspace.forgetMention(entry.id)} />
      </div>
      <p className="mention-text">{entry.text}</p>
      <Button variant="default" size="compact-sm" onClick={() => void open()}>
        {words.mentions.open}
      </Button>
    </div>
  );
}
