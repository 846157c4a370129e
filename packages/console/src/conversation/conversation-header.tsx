import type { Conversation, Entry } from '@countersign/protocol';
import { ActionIcon, Button } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowsRightLeft,
  IconLayoutSidebarRight,
  IconLayoutSidebarRightFilled,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../dialog/confirm-dialog.tsx';
import { IdentityPill } from '../identity/identity-pill.tsx';
import { shownName } from '../inbox/conversation-row.tsx';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { words } from '../strings/words.ts';
import { duration } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { MoreMenu } from './more-menu.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
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
        <Actions conversation={conversation} />
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
    state === 'closed' ? words.conversation.ended : null,
  ];
  return <p className="secondary one-line">{parts.filter((part) => part !== null).join(' · ')}</p>;
}

/** What can be done now: a closed conversation has nothing, one of nobody can be picked. */
function Actions({ conversation }: { conversation: Conversation }) {
  const workspace = useWorkspace();
  const [dialog, setDialog] = useState<'transfer' | 'end' | null>(null);
  const me = useWorkspaceState((state) => state.me.id);
  const mine = conversation.assignee?.id === me && conversation.state !== 'closed';
  const supervises = useWorkspaceState(({ me: { roles } }) =>
    roles.some((role) => role === 'supervisor' || role === 'administrator'),
  );
  const mayAsk = mine || (supervises && conversation.state !== 'closed');
  useShortcut('t', () => setDialog('transfer'), mine);
  useShortcut('e', () => setDialog('end'), mine);
  const close = () => setDialog(null);
  return (
    <>
      {conversation.state === 'waiting' ? <PickButton id={conversation.id} /> : null}
      {mine ? (
        <>
          <Button
            variant="default"
            className="conversation-wide-action"
            onClick={() => setDialog('transfer')}
          >
            {words.conversation.transfer}
          </Button>
          <ActionIcon
            className="conversation-narrow-action"
            variant="subtle"
            color="gray"
            size={44}
            aria-label={words.conversation.transfer}
            onClick={() => setDialog('transfer')}
          >
            <IconArrowsRightLeft size={20} stroke={1.5} aria-hidden />
          </ActionIcon>
          <Button onClick={() => setDialog('end')}>{words.conversation.end}</Button>
        </>
      ) : null}
      {mayAsk ? <MoreMenu conversation={conversation} /> : null}
      <TransferDialog conversation={conversation} opened={dialog === 'transfer'} onClose={close} />
      <ConfirmDialog
        opened={dialog === 'end'}
        title={words.end.title(shownName(conversation))}
        effect={words.end.body}
        submit={words.end.submit}
        failed={words.end.failed}
        onConfirm={() => workspace.end(conversation.id)}
        onClose={close}
      />
    </>
  );
}

function PickButton({ id }: { id: string }) {
  const workspace = useWorkspace();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const pick = async () => {
    setState('busy');
    await workspace.pick(id).then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <>
      {state === 'failed' ? (
        <span className="secondary" role="alert">
          {words.conversation.pickFailed}
        </span>
      ) : null}
      <Button loading={state === 'busy'} onClick={() => void pick()}>
        {words.conversation.pick}
      </Button>
    </>
  );
}
