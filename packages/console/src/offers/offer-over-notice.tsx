import { CloseButton } from '@mantine/core';
import { useEffect } from 'react';
import { shownName } from '../inbox/conversation-row.tsx';
import { useWorkspace } from '../live/use-workspace.ts';
import type { OfferOver } from '../live/workspace-state.ts';
import { words } from '../strings/words.ts';

const SHOWN_MS = 10_000;

/** Says where an offer went that this agent did not answer. */
export function OfferOverNotice({ over }: { over: OfferOver }) {
  const workspace = useWorkspace();
  useEffect(() => {
    const timer = setTimeout(() => workspace.forgetOfferOver(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [workspace]);
  return (
    <div className="offer offer-over" role="status">
      <span>{words.offer.over(shownName(over.conversation))[over.reason]}</span>
      <CloseButton aria-label={words.close} onClick={() => workspace.forgetOfferOver()} />
    </div>
  );
}
