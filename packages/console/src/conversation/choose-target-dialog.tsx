import { Button, Loader, Select } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActions, DialogFailure, DialogForm } from '../dialog/dialog.tsx';
import { insideDialog } from '../dialog/inside-dialog.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import type { Choice, Targets } from './use-targets.ts';

interface Props {
  opened: boolean;
  title: string;
  lead?: string;
  label: string;
  options: Choice[] | null;
  targets: Targets;
  submit: string;
  /** Throws when it could not be done. */
  onChoose: (value: string) => Promise<void>;
  onClose: () => void;
}

/** One agent or one queue, chosen for something. */
export function ChooseTargetDialog(props: Props) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      {props.targets.failed ? (
        <LoadFailed text={words.transfer.loadFailed} onRetry={props.targets.retry} />
      ) : (
        <ChooseForm {...props} />
      )}
    </Dialog>
  );
}

function ChooseForm({ lead, label, options, submit, onChoose, onClose }: Props) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [state, setState] = useState<'idle' | 'busy' | 'failed' | 'missing'>('idle');
  const send = async () => {
    if (chosen === null) return setState('missing');
    setState('busy');
    await onChoose(chosen).then(onClose, () => setState('failed'));
  };
  return (
    <DialogForm onSubmit={send}>
      {lead ? <p>{lead}</p> : null}
      <Select
        comboboxProps={insideDialog}
        data-autofocus
        label={label}
        data={options ?? []}
        rightSection={options === null ? <Loader size={16} /> : null}
        value={chosen}
        onChange={setChosen}
        searchable
        error={state === 'missing' ? words.transfer.missing : null}
      />
      <DialogFailure text={state === 'failed' ? words.assign.failed : null} />
      <DialogActions onCancel={onClose}>
        <Button type="submit" loading={state === 'busy'}>
          {submit}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}
