import type { Conversation } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWorkspace } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import { duration } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** The conversation has ended for the customer; some time is left for notes. */
export function WrapUp({ conversation }: { conversation: Conversation }) {
  const workspace = useWorkspace();
  const now = useNow(1000);
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const finish = async () => {
    setState('busy');
    await workspace.close(conversation.id).then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  const { wrapUpUntil } = conversation;
  const left = wrapUpUntil ? duration(Date.parse(wrapUpUntil) - now) : null;
  return (
    <>
      {state === 'failed' ? (
        <span className="secondary" role="alert">
          {words.end.failed}
        </span>
      ) : null}
      {left ? (
        <span className="conversation-wrap-up" title={words.wrapUp.hint} role="timer">
          {words.wrapUp.left(left)}
        </span>
      ) : null}
      <Button loading={state === 'busy'} onClick={() => void finish()}>
        {words.wrapUp.finish}
      </Button>
    </>
  );
}
