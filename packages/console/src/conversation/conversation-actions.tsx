import type { Conversation } from '@countersign/protocol';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowsRightLeft, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../dialog/confirm-dialog.tsx';
import { shownName } from '../inbox/conversation-row.tsx';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { usePaletteCommands } from '../palette/use-palette-commands.ts';
import { supervises } from '../shell/roles.ts';
import { useChord, useShortcut } from '../shortcuts/use-shortcut.ts';
import { words } from '../strings/words.ts';
import { ChooseTargetDialog } from './choose-target-dialog.tsx';
import { MoreMenu } from './more-menu.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import { useNextConversation } from './use-next-conversation.ts';
import { useTargets } from './use-targets.ts';
import { WrapUp } from './wrap-up.tsx';

type DialogName = 'assign' | 'transfer' | 'end';

/** What this person may do with a conversation as it is now. */
function useMay({ assignee, state }: Conversation) {
  const me = useWorkspaceState((all) => all.me.id);
  const isSupervisor = useWorkspaceState((all) => supervises(all.me.roles));
  const mine = assignee?.id === me;
  const ended = state === 'closed' || state === 'wrap-up';
  return {
    pick: state === 'waiting',
    transfer: mine && !ended,
    finish: mine && state === 'wrap-up',
    assign: isSupervisor && !ended,
    ask: (mine || isSupervisor) && !ended,
  };
}

/** What can be done now: a closed conversation has nothing, one of nobody can be picked. */
export function ConversationActions({ conversation }: { conversation: Conversation }) {
  const workspace = useWorkspace();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const may = useMay(conversation);
  const picking = usePick(conversation.id, may.pick);
  useActionKeys(conversation, may, setDialog);
  const close = () => setDialog(null);
  return (
    <>
      {picking.failed ? (
        <span className="secondary" role="alert">
          {words.conversation.pickFailed}
        </span>
      ) : null}
      {may.pick ? (
        <Button loading={picking.busy} onClick={() => void picking.pick()}>
          {words.conversation.pick}
        </Button>
      ) : null}
      {may.assign ? (
        <ActionButton
          label={words.assign.open}
          Icon={IconUserPlus}
          onClick={() => setDialog('assign')}
        />
      ) : null}
      {may.transfer ? (
        <>
          <ActionButton
            label={words.conversation.transfer}
            Icon={IconArrowsRightLeft}
            onClick={() => setDialog('transfer')}
          />
          <Button onClick={() => setDialog('end')}>{words.conversation.end}</Button>
        </>
      ) : null}
      {may.finish ? <WrapUp conversation={conversation} /> : null}
      {may.ask ? <MoreMenu conversation={conversation} /> : null}
      <AssignDialog conversation={conversation} opened={dialog === 'assign'} onClose={close} />
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

/** The same by keyboard, and by name in the palette. */
function useActionKeys(
  { id }: Conversation,
  may: ReturnType<typeof useMay>,
  open: (dialog: DialogName) => void,
): void {
  const workspace = useWorkspace();
  const goToNext = useNextConversation(id);
  const finish = () => workspace.close(id);
  const endAndNext = () =>
    (may.finish ? finish() : workspace.end(id)).then(goToNext, () => open('end'));
  const canEnd = may.transfer || may.finish;
  const end = () => (may.finish ? void finish().catch(() => {}) : open('end'));
  useShortcut('assign', () => open('assign'), may.assign);
  useShortcut('transfer', () => open('transfer'), may.transfer);
  useShortcut('end', end, canEnd);
  useChord('e', () => void endAndNext(), { alt: true, enabled: canEnd });
  usePaletteCommands([
    ...(may.assign ? [{ label: words.assign.open, run: () => open('assign') }] : []),
    ...(may.transfer ? [{ label: words.conversation.transfer, run: () => open('transfer') }] : []),
    ...(canEnd
      ? [
          { label: may.finish ? words.wrapUp.finish : words.end.submit, run: end },
          { label: words.shortcuts.keys.endAndNext, run: () => void endAndNext() },
        ]
      : []),
  ]);
}

/** In words where there is room, else as an icon. */
function ActionButton(props: { label: string; Icon: typeof IconUserPlus; onClick: () => void }) {
  const { label, Icon, onClick } = props;
  return (
    <>
      <Button variant="default" className="conversation-wide-action" onClick={onClick}>
        {label}
      </Button>
      <ActionIcon
        className="conversation-narrow-action"
        variant="subtle"
        color="gray"
        size={44}
        aria-label={label}
        onClick={onClick}
      >
        <Icon size={20} stroke={1.5} />
      </ActionIcon>
    </>
  );
}

interface AssignProps {
  conversation: Conversation;
  opened: boolean;
  onClose: () => void;
}

function AssignDialog({ conversation, opened, onClose }: AssignProps) {
  const workspace = useWorkspace();
  const targets = useTargets(opened, [conversation.assignee?.id ?? '']);
  return (
    <ChooseTargetDialog
      opened={opened}
      title={words.assign.title(shownName(conversation))}
      lead={words.assign.lead}
      label={words.transfer.chooseAgent}
      options={targets.agents}
      targets={targets}
      submit={words.assign.open}
      onChoose={(agent) => workspace.assign(conversation.id, agent)}
      onClose={onClose}
    />
  );
}

/** Whoever was slower is told, also once the conversation shows whose it is. */
function usePick(id: string, may: boolean) {
  const workspace = useWorkspace();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const pick = async () => {
    setState('busy');
    await workspace.pick(id).then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  usePaletteCommands(may ? [{ label: words.conversation.pick, run: () => void pick() }] : []);
  return { busy: state === 'busy', failed: state === 'failed', pick };
}
