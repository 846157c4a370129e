import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../strings/words.ts';
import './dialog.css';

interface DialogProps {
  opened: boolean;
  title: string;
  onClose: () => void;
  size?: number | 'lg';
  children: ReactNode;
}

export function Dialog({ opened, title, onClose, size, children }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      {...(size !== undefined && { size })}
      title={title}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {children}
    </Modal>
  );
}

/** Says itself what is missing: the browser's own bubbles are off. */
export function DialogForm(props: { onSubmit: () => unknown; children: ReactNode }) {
  return (
    <form
      className="dialog-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void props.onSubmit();
      }}
    >
      {props.children}
    </form>
  );
}

/** Why it did not go through; null: nothing went wrong. */
export function DialogFailure({ text }: { text: string | null }) {
  return text === null ? null : (
    <p className="dialog-failure" role="alert">
      {text}
    </p>
  );
}

/** The way back, and beside it what the dialog is for. */
export function DialogActions(props: {
  onCancel: () => void;
  cancel?: string;
  children: ReactNode;
}) {
  return (
    <div className="dialog-actions">
      <Button variant="default" onClick={props.onCancel}>
        {props.cancel ?? words.cancel}
      </Button>
      {props.children}
    </div>
  );
}
