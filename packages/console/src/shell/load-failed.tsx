import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { words } from '../strings/words.ts';

/** Something could not be loaded: what, and what to do. */
export function LoadFailed(props: { text: string; hint?: string; onRetry: () => void }) {
  return (
    <div className="state" role="alert">
      <IconPlugConnectedX size={28} stroke={1.5} aria-hidden />
      <strong>{props.text}</strong>
      <p>{props.hint ?? words.list.failedHint}</p>
      <Button variant="default" onClick={props.onRetry}>
        {words.retry}
      </Button>
    </div>
  );
}
