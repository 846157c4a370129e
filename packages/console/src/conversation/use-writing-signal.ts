import { useEffect, useRef } from 'react';
import { useWorkspace } from '../live/use-workspace.ts';

/** Somebody who has not touched a key for this long is not writing. */
const PAUSE_MS = 6000;

/** Tells colleagues who look at the same conversation that this person writes, and when that is over. */
export function useWritingSignal(conversation: string): (text: string) => void {
  const workspace = useWorkspace();
  const writing = useRef(false);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const say = (next: boolean) => {
    if (writing.current === next) return;
    writing.current = next;
    workspace.attention.writes(conversation, next);
  };
  useEffect(() => () => clearTimeout(pause.current), []);
  return (text) => {
    clearTimeout(pause.current);
    say(text.trim() !== '');
    pause.current = setTimeout(() => say(false), PAUSE_MS);
  };
}
