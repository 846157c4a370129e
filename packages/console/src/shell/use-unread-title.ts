import { useEffect } from 'react';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';

/** The browser tab tells how many messages are unread. */
export function useUnreadTitle(): void {
  const reading = useWorkspaceState((state) => state.reading);
  useEffect(() => {
    let unread = 0;
    for (const item of reading.values()) unread += item.unread;
    document.title = words.title(unread);
  }, [reading]);
}
