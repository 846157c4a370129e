import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { Dialog, DialogActions } from '../../dialog/dialog.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';

const { leave: w } = adminWords;

interface Props {
  isDirtyNow: () => boolean;
  /** One leaves: what was changed is gone. */
  onLeave: () => void;
}

/** Nobody loses what they wrote by a click beside it: leaving asks, and so does closing the page. */
export function LeaveGuard({ isDirtyNow, onLeave }: Props) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirtyNow() && current.pathname !== next.pathname,
    enableBeforeUnload: isDirtyNow,
    withResolver: true,
  });
  const leave = () => {
    onLeave();
    blocker.proceed?.();
  };
  return (
    <Dialog opened={blocker.status === 'blocked'} onClose={() => blocker.reset?.()} title={w.title}>
      <p>{w.lead}</p>
      <DialogActions cancel={w.stay} onCancel={() => blocker.reset?.()}>
        <Button color="refused" onClick={leave}>
          {w.leave}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
