import { Button, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { ChooseTargetDialog } from '../conversation/choose-target-dialog.tsx';
import { useTargets } from '../conversation/use-targets.ts';
import { ConfirmDialog } from '../dialog/confirm-dialog.tsx';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { supervises } from '../shell/roles.ts';
import { words } from '../strings/words.ts';
import { runBulk } from './run-bulk.ts';
import type { Selection } from './use-selection.ts';
import './bulk-bar.css';

interface Progress {
  done: number;
  total: number;
  failed: number | null;
}

/** What can be done to all chosen conversations, how far it is, and what it could not be done to. */
export function BulkBar({ selection }: { selection: Selection }) {
  const [dialog, setDialog] = useState<'assign' | 'transfer' | 'end' | null>(null);
  const mayAssign = useWorkspaceState((state) => supervises(state.me.roles));
  const { progress, run } = useBulk(selection);
  const { chosen } = selection;
  if (chosen.length === 0 && progress === null) return null;
  const busy = progress !== null && progress.failed === null;
  const actions = [...(mayAssign ? (['assign'] as const) : []), 'transfer', 'end'] as const;
  return (
    <div className="bulk-bar" role="toolbar" aria-label={words.bulk.label}>
      <strong role="status">
        {progress ? progressText(progress) : words.bulk.chosen(chosen.length)}
      </strong>
      <CloseButton
        aria-label={words.bulk.clear}
        disabled={busy}
        onClick={() => selection.choose([])}
      />
      <div className="bulk-actions">
        {actions.map((action) => (
          <Button
            key={action}
            variant="default"
            size="compact-sm"
            disabled={busy || chosen.length === 0}
            onClick={() => setDialog(action)}
          >
            {words.bulk[action]}
          </Button>
        ))}
      </div>
      <BulkDialogs
        opened={dialog}
        count={chosen.length}
        onClose={() => setDialog(null)}
        onRun={run}
      />
    </div>
  );
}

function progressText({ done, total, failed }: Progress): string {
  if (failed === null) return words.bulk.progress(done, total);
  return words.bulk.failed(failed, total);
}

type Call = (id: string) => Promise<void>;

/** What failed stays chosen, so that it can be tried again. */
function useBulk(selection: Selection) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const run = async (call: Call) => {
    const ids = selection.chosen.map((item) => item.id);
    const total = ids.length;
    setProgress({ done: 0, total, failed: null });
    const failed = await runBulk(ids, call, (done) => setProgress({ done, total, failed: null }));
    selection.choose(failed);
    setProgress(failed.length > 0 ? { done: total, total, failed: failed.length } : null);
  };
  // Once something else is chosen, what failed is of no concern
  const isOver = progress?.failed !== null && progress?.failed !== selection.chosen.length;
  return { progress: isOver ? null : progress, run };
}

interface DialogsProps {
  opened: 'assign' | 'transfer' | 'end' | null;
  count: number;
  onClose: () => void;
  onRun: (call: Call) => Promise<void>;
}

function BulkDialogs({ opened, count, onClose, onRun }: DialogsProps) {
  const workspace = useWorkspace();
  const targets = useTargets(opened === 'assign' || opened === 'transfer');
  // The dialog has done its part once the work has begun: the bar tells how it goes
  const start = async (call: Call) => void onRun(call);
  return (
    <>
      <ChooseTargetDialog
        opened={opened === 'assign'}
        title={words.bulk.assignTitle(count)}
        label={words.transfer.chooseAgent}
        options={targets.agents}
        targets={targets}
        submit={words.bulk.assign}
        onChoose={(agent) => start((id) => workspace.assign(id, agent))}
        onClose={onClose}
      />
      <ChooseTargetDialog
        opened={opened === 'transfer'}
        title={words.bulk.transferTitle(count)}
        label={words.transfer.chooseQueue}
        options={targets.queues}
        targets={targets}
        submit={words.bulk.transfer}
        onChoose={(queue) => start((id) => workspace.transfer(id, { queue }))}
        onClose={onClose}
      />
      <ConfirmDialog
        opened={opened === 'end'}
        title={words.bulk.endTitle(count)}
        effect={words.bulk.endEffect(count)}
        submit={words.bulk.end}
        failed={words.end.failed}
        onConfirm={() => start(workspace.end)}
        onClose={onClose}
      />
    </>
  );
}
