import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { words } from '../strings/words.ts';
import '../conversation/dialog.css';

interface Props {
  opened: boolean;
  title: string;
  /** What will have happened afterwards. */
  effect: string;
  submit: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Signing a customer out interrupts somebody: the effect is named, and asked for twice. */
export function SignOutDialog({ opened, title, effect, submit, onConfirm, onClose }: Props) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const confirm = async () => {
    setState('busy');
    try {
      await onConfirm();
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
      title={title}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <p>{effect}</p>
      {state === 'failed' ? (
        <p className="dialog-failure" role="alert">
          {words.devices.endFailed}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button data-autofocus loading={state === 'busy'} onClick={() => void confirm()}>
          {submit}
        </Button>
      </div>
    </Modal>
  );
}
