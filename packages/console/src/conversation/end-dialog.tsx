import type { Conversation } from '@countersign/protocol';
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { shownName } from '../inbox/conversation-row.tsx';
import { useWorkspace } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import './dialog.css';

interface Props {
  conversation: Conversation;
  opened: boolean;
  onClose: () => void;
}

/** Ending cannot be undone, so it is asked for twice. */
export function EndDialog({ conversation, opened, onClose }: Props) {
  const workspace = useWorkspace();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const end = async () => {
    setState('busy');
    try {
      await workspace.end(conversation.id);
      setState('idle');
      onClose();
    } catch {
      setState('failed');
    }
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.end.title(shownName(conversation))}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <p>{words.end.body}</p>
      {state === 'failed' ? (
        <p className="dialog-failure" role="alert">
          {words.end.failed}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button data-autofocus loading={state === 'busy'} onClick={() => void end()}>
          {words.end.submit}
        </Button>
      </div>
    </Modal>
  );
}
