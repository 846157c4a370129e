import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Workspace } from './workspace.ts';
import type { WorkspaceState } from './workspace-state.ts';

const WorkspaceContext = createContext<Workspace | null>(null);

export const WorkspaceProvider = WorkspaceContext.Provider;

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('outside of the workspace');
  return workspace;
}

/** A part of the state; `select` has to answer something that is in it, not a new object. */
export function useWorkspaceState<Part>(select: (state: WorkspaceState) => Part): Part {
  const { store } = useWorkspace();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
