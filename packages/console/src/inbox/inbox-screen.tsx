import { Navigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { ConversationPane } from '../conversation/conversation-pane.tsx';
import { NoConversation } from '../conversation/conversation-states.tsx';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { servesCustomers } from '../shell/roles.ts';
import { words } from '../strings/words.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ConversationList } from './conversation-list.tsx';
import { ListHeader } from './list-header.tsx';
import { useHeldPlace } from './use-held-place.ts';
import { useSelection } from './use-selection.ts';
import { listed, NO_COUNTS, parseView, type Sort, type View, viewQuery } from './view.ts';
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
  const counts = useWorkspaceState((state) => state.counts) ?? NO_COUNTS;
  const place = useHeldPlace(useView(view, sort), `${params.view} ${name} ${sort}`);
  const selection = useSelection(place.items);
  const opened = params.conversation ?? null;
  return (
    <main className={`inbox ${opened ? 'inbox-opened' : ''}`}>
      <ViewNavigation view={view} counts={counts} />
      <section className="inbox-list" aria-label={words.list.label}>
        <ListHeader view={view} counts={counts} sort={sort} />
        <BulkBar selection={selection} />
        <ConversationList view={view} place={place} selection={selection} opened={opened} />
      </section>
      {opened ? <ConversationPane key={opened} id={opened} /> : <NoConversation />}
    </main>
  );
}

/** The conversations of a view, as far as they have been read. */
function useView(view: View, sort: Sort) {
  const workspace = useWorkspace();
  const conversations = useWorkspaceState((state) => state.conversations);
  const me = useWorkspaceState((state) => state.me.id);
  const { next, end } = useWorkspaceState((state) => state.list);
  useEffect(() => workspace.inbox.show(viewQuery(view, sort)), [workspace, view, sort]);
  const readTo = next === null ? null : end;
  return useMemo(
    () => listed(conversations.values(), view, sort, me, readTo),
    [conversations, view, me, sort, readTo],
  );
}
