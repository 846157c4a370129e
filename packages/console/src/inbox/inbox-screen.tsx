import { Navigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ConversationPane } from '../conversation/conversation-pane.tsx';
import { NoConversation } from '../conversation/conversation-states.tsx';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { servesCustomers } from '../shell/roles.ts';
import { words } from '../strings/words.ts';
import { ConversationList } from './conversation-list.tsx';
import { ListHeader } from './list-header.tsx';
import { countViews, inView, parseView, type Sort, sorted } from './view.ts';
import { ViewNavigation } from './view-navigation.tsx';
import './inbox-screen.css';

/** The inbox, for those who serve customers; others begin where they work. */
export function InboxScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  return servesCustomers(roles) ? <Inbox /> : <Navigate to="/attempts" replace />;
}

/** Views, the list of the chosen view, and the conversation that is open. */
function Inbox() {
  const params = useParams({ strict: false });
  const { name, sort = 'longest-waiting' } = useSearch({ from: '/inbox/$view' });
  const view = useMemo(() => parseView(params.view ?? 'mine', name), [params.view, name]);
  const { items, counts } = useView(view, sort);
  const opened = params.conversation ?? null;
  return (
    <main className={`inbox ${opened ? 'inbox-opened' : ''}`}>
      <ViewNavigation view={view} counts={counts} />
      <section className="inbox-list" aria-label={words.list.label}>
        <ListHeader view={view} counts={counts} sort={sort} shown={items.length} />
        <ConversationList view={view} items={items} opened={opened} />
      </section>
      {opened ? <ConversationPane key={opened} id={opened} /> : <NoConversation />}
    </main>
  );
}

function useView(view: ReturnType<typeof parseView>, sort: Sort) {
  const conversations = useWorkspaceState((state) => state.conversations);
  const me = useWorkspaceState((state) => state.me.id);
  const items = useMemo(
    () =>
      sorted(
        [...conversations.values()].filter((item) => inView(view, item, me)),
        sort,
      ),
    [conversations, view, me, sort],
  );
  const counts = useMemo(() => countViews(conversations.values(), me), [conversations, me]);
  return { items, counts };
}
