import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActions, DialogFailure } from './dialog.tsx';

interface Props {
  opened: boolean;
  title: string;
  /** What will have happened afterwards. */
  effect: string;
  submit: string;
  /** What is said when it did not. */
  failed: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** What interrupts somebody, or cannot be undone: the effect is named, and asked for twice. */
export function ConfirmDialog({ opened, title, effect, submit, failed, ...props }: Props) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const confirm = async () => {
    setState('busy');
    try {
      await props.onConfirm();
      setState('idle');
      props.onClose();
    } catch {
      setState('failed');
    }
  };
  return (
    <Dialog opened={opened} title={title} onClose={props.onClose}>
      <p>{effect}</p>
      <DialogFailure text={state === 'failed' ? failed : null} />
      <DialogActions onCancel={props.onClose}>
        <Button data-autofocus loading={state === 'busy'} onClick={() => void confirm()}>
          {submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
