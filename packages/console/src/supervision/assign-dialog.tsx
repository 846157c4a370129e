import type { Supervision } from '@countersign/protocol';
import { Button, Select, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { supervisionApi } from '../api/supervision-api.ts';
import { customerName } from '../customer/customer-facts.ts';
import { Dialog, DialogActions, DialogFailure, DialogForm } from '../dialog/dialog.tsx';
import { insideDialog } from '../dialog/inside-dialog.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import { duration } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

const { supervision: w } = words;

interface Props {
  /** Null: closed. */
  queue: string | null;
  agents: Supervision['agents'];
  onClose: () => void;
  onAssigned: (customer: string, agent: string) => void;
}

/** Gives a conversation that waits to an agent, whatever routing would do. */
export function AssignDialog({ queue, ...props }: Props) {
  return (
    <Dialog opened={queue !== null} onClose={props.onClose} title={w.assignTitle(queue ?? '')}>
      {queue === null ? null : <AssignForm {...props} queue={queue} />}
    </Dialog>
  );
}

interface Choice {
  value: string;
  label: string;
}

function AssignForm({ queue, agents, onClose, onAssigned }: Props & { queue: string }) {
  const waiting = useWaiting(queue);
  const [conversation, setConversation] = useState<string | null>(null);
  const [agent, setAgent] = useState<string | null>(null);
  const [state, setState] = useState<'idle' | 'checked' | 'busy' | 'failed'>('idle');
  if (waiting.failed) return <LoadFailed text={w.failed} onRetry={waiting.retry} />;
  if (waiting.choices === null) return <Skeleton height={160} />;
  if (waiting.choices.length === 0) return <p>{w.nothingWaits}</p>;
  const chosen = conversation ?? waiting.choices[0]?.value ?? null;
  const submit = async () => {
    const to = agents.find(({ id }) => id === agent);
    if (chosen === null || !to) return setState('checked');
    setState('busy');
    try {
      await supervisionApi.assign(chosen, to.id);
      onAssigned(waiting.nameOf(chosen), to.name);
      onClose();
    } catch {
      setState('failed');
    }
  };
  return (
    <DialogForm onSubmit={submit}>
      <p>{w.assignLead}</p>
      <Select
        comboboxProps={insideDialog}
        label={w.conversation}
        data={waiting.choices}
        value={chosen}
        onChange={setConversation}
        allowDeselect={false}
        error={state === 'checked' && chosen === null ? w.chooseConversation : null}
      />
      <Select
        comboboxProps={insideDialog}
        data-autofocus
        label={w.to}
        data={agents.map(agentChoice)}
        value={agent}
        onChange={setAgent}
        searchable
        allowDeselect={false}
        error={state === 'checked' && agent === null ? w.chooseAgent : null}
      />
      <DialogFailure text={state === 'failed' ? w.assignFailed : null} />
      <DialogActions onCancel={onClose}>
        <Button type="submit" loading={state === 'busy'}>
          {w.assign}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}

const agentChoice = ({ id, name, presence, load, capacity }: Props['agents'][number]): Choice => ({
  value: id,
  label: words.transfer.agentLine(name, words.presence[presence], load, capacity),
});

/** What waits in the queue, longest first. */
function useWaiting(queue: string) {
  const now = useNow(1000);
  const waiting = useQuery({
    queryKey: ['waiting', queue],
    queryFn: () => supervisionApi.waitingIn(queue),
    refetchOnMount: 'always',
  });
  const items = waiting.data?.items;
  const named = (id: string) => {
    const found = items?.find((item) => item.id === id);
    return (found && customerName(found)) ?? words.list.guest;
  };
  return {
    failed: waiting.isError && !items,
    retry: () => void waiting.refetch(),
    nameOf: named,
    choices:
      items?.map(({ id, openedAt }) => ({
        value: id,
        label: w.waits(named(id), duration(now - Date.parse(openedAt))),
      })) ?? null,
  };
}
