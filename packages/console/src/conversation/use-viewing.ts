import { useEffect } from 'react';
import { useWorkspace } from '../live/use-workspace.ts';

/** Tells the workspace which conversation is looked at: on screen, in a visible tab. */
export function useViewing(id: string | null): void {
  const workspace = useWorkspace();
  useEffect(() => {
    const look = () => workspace.attention.view(document.visibilityState === 'visible' ? id : null);
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      workspace.attention.view(null);
    };
  }, [workspace, id]);
}
