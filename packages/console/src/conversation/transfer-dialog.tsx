import type { Conversation } from '@countersign/protocol';
import { Button, Loader, SegmentedControl, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActions, DialogFailure, DialogForm } from '../dialog/dialog.tsx';
import { insideDialog } from '../dialog/inside-dialog.ts';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import { useTargets } from './use-targets.ts';

interface Props {
  conversation: Conversation;
  opened: boolean;
  onClose: () => void;
}

type Target = 'queue' | 'agent';

export function TransferDialog(props: Props) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={words.transfer.title}>
      <TransferForm {...props} />
    </Dialog>
  );
}

function TransferForm({ conversation, onClose }: Props) {
  const form = useTransfer(conversation, onClose);
  const me = useWorkspaceState((state) => state.me.id);
  const targets = useTargets(true, [me, conversation.assignee?.id ?? '']);
  if (targets.failed) {
    return <LoadFailed text={words.transfer.loadFailed} onRetry={targets.retry} />;
  }
  const options = form.target === 'queue' ? targets.queues : targets.agents;
  return (
    <DialogForm onSubmit={form.submit}>
      <p>{words.transfer.lead}</p>
      <SegmentedControl
        aria-label={words.transfer.to}
        value={form.target}
        onChange={(value) => form.setTarget(value === 'agent' ? 'agent' : 'queue')}
        data={[
          { value: 'queue', label: words.transfer.queue },
          { value: 'agent', label: words.transfer.agent },
        ]}
      />
      <Select
        comboboxProps={insideDialog}
        data-autofocus
        key={form.target}
        label={form.target === 'queue' ? words.transfer.chooseQueue : words.transfer.chooseAgent}
        description={options?.length === 0 ? words.transfer.noAgents : null}
        data={options ?? []}
        rightSection={options === null ? <Loader size={16} /> : null}
        value={form.chosen}
        onChange={form.setChosen}
        searchable
        error={form.missing ? words.transfer.missing : null}
      />
      <Textarea
        label={words.transfer.note}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={4000}
        value={form.note}
        onChange={(event) => form.setNote(event.currentTarget.value)}
      />
      <DialogFailure text={form.failed ? words.transfer.failed : null} />
      <DialogActions onCancel={onClose}>
        <Button type="submit" loading={form.busy}>
          {words.transfer.submit}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}

function useTransfer(conversation: Conversation, onClose: () => void) {
  const workspace = useWorkspace();
  const [target, setTarget] = useState<Target>('queue');
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [state, setState] = useState<'idle' | 'busy' | 'failed' | 'missing'>('idle');
  const submit = async () => {
    if (chosen === null) return setState('missing');
    setState('busy');
    const to = target === 'queue' ? { queue: chosen } : { agent: chosen };
    const said = note.trim();
    try {
      await workspace.transfer(conversation.id, said === '' ? to : { ...to, note: said });
      onClose();
    } catch {
      setState('failed');
    }
  };
  const change = (next: Target) => {
    setTarget(next);
    setChosen(null);
    setState('idle');
  };
  const choose = (value: string | null) => {
    setChosen(value);
    if (value !== null) setState('idle');
  };
  return {
    target,
    setTarget: change,
    chosen,
    setChosen: choose,
    note,
    setNote,
    busy: state === 'busy',
    failed: state === 'failed',
    missing: state === 'missing',
    submit,
  };
}
