import { useRef } from 'react';
import { workspaceApi } from '../api/workspace-api.ts';

/** The customer's side shows "typing" for about this long after each signal. */
const EVERY_MS = 5000;

/** Tells the customer that the agent types, at most once in five seconds; anew after a message was sent. */
export function useTypingSignal(conversation: string): (text: string) => void {
  const last = useRef(0);
  return (text) => {
    if (text.trim() === '') {
      last.current = 0;
      return;
    }
    const now = Date.now();
    if (now - last.current < EVERY_MS) return;
    last.current = now;
    // A lost typing signal is no loss.
    workspaceApi.typing(conversation).catch(() => {});
  };
}
