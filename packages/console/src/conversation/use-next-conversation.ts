import type { Conversation } from '@countersign/protocol';
import { useNavigate } from '@tanstack/react-router';
import { useWorkspace } from '../live/use-workspace.ts';
import type { WorkspaceState } from '../live/workspace-state.ts';

/** Leads from a conversation that is done to the one of mine that needs me most, or to the list. */
export function useNextConversation(id: string): () => Promise<void> {
  const { store } = useWorkspace();
  const navigate = useNavigate();
  return () => {
    const next = nextOf(store.get(), id);
    if (!next) return navigate({ from: '/inbox/$view/$conversation', to: '..', search: true });
    return navigate({
      from: '/inbox/$view/$conversation',
      to: '/inbox/$view/$conversation',
      params: (before) => ({ ...before, conversation: next.id }),
      search: true,
    });
  };
}

/** Those with unread messages first, the oldest of them first; what is only left for notes is done. */
export function nextOf(state: WorkspaceState, id: string): Conversation | undefined {
  const isRead = (item: Conversation) => (state.reading.get(item.id)?.unread === 0 ? 1 : 0);
  return [...state.conversations.values()]
    .filter((item) => item.assignee?.id === state.me.id && item.state === 'active')
    .filter((item) => item.id !== id)
    .sort((a, b) => isRead(a) - isRead(b) || a.openedAt.localeCompare(b.openedAt))[0];
}
