import { useNavigate } from '@tanstack/react-router';
import { shownName } from '../inbox/conversation-row.tsx';
import { isOpen, NO_COUNTS, type View, viewAddress } from '../inbox/view.ts';
import { viewLinks } from '../inbox/view-links.tsx';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { mayReadAttempts, servesCustomers } from '../shell/roles.ts';
import { words } from '../strings/words.ts';
import type { Command } from './use-palette-commands.ts';

/** Views, queues, conversations that are known here, and the other screens. */
export function usePlaces(): Command[] {
  const { store } = useWorkspace();
  const me = useWorkspaceState((state) => state.me);
  const navigate = useNavigate();
  const toView = (view: View) => {
    const { kind, name } = viewAddress(view);
    void navigate({ to: '/inbox/$view', params: { view: kind }, search: name ? { name } : {} });
  };
  const toConversation = (conversation: string) => {
    const params = { view: 'all', conversation };
    void navigate({ to: '/inbox/$view/$conversation', params, search: {} });
  };
  const { counts, queues, conversations } = store.get();
  const links = viewLinks(counts ?? NO_COUNTS, queues, me.queues);
  const views = [...links.main, ...links.queues, ...links.identity].map(({ label, view }) => ({
    label: words.palette.goTo(label),
    run: () => toView(view),
  }));
  const people = [...conversations.values()].filter(isOpen).map((item) => ({
    label: words.palette.goTo(`${shownName(item)} · ${item.preview?.text ?? item.queue ?? ''}`),
    run: () => toConversation(item.id),
  }));
  const screens = [
    {
      label: words.palette.goTo(words.shell.attempts),
      run: () => void navigate({ to: '/attempts' }),
    },
    { label: words.palette.goTo(words.keys.title), run: () => void navigate({ to: '/keys' }) },
  ];
  return [
    ...(servesCustomers(me.roles) ? [...views, ...people] : []),
    ...(mayReadAttempts(me.roles) ? screens : []),
  ];
}
