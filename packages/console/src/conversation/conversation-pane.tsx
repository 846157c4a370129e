import type { Conversation } from '@countersign/protocol';
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { RequestError } from '../api/request.ts';
import { customerName } from '../customer/customer-facts.ts';
import { CustomerPanel } from '../customer/customer-panel.tsx';
import { type EntryLog, withoutHoles } from '../live/entry-log.ts';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { usePreference } from '../preferences/preferences.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { words } from '../strings/words.ts';
import { Composer } from './composer.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { ConversationLoading, ConversationMissing } from './conversation-states.tsx';
import { Timeline } from './timeline.tsx';
import { useViewing } from './use-viewing.ts';
import { ViewersLine } from './viewers-line.tsx';
import './conversation-pane.css';

/** The conversation with its details beside it, or in a drawer where there is no room. */
export function ConversationPane({ id }: { id: string }) {
  const workspace = useWorkspace();
  const conversation = useWorkspaceState((state) => state.conversations.get(id));
  const log = useWorkspaceState((state) => state.logs.get(id));
  const opening = useQuery({
    queryKey: ['open', id],
    queryFn: () => workspace.logs.open(id).then(() => true),
    gcTime: 0,
    staleTime: 0,
  });
  useViewing(conversation ? id : null);
  if (opening.isError && !log) {
    const { error } = opening;
    const refused = error instanceof RequestError && error.status >= 400 && error.status < 500;
    if (refused) return <ConversationMissing />;
    return (
      <div className="state conversation-ground">
        <LoadFailed text={words.conversation.failed} onRetry={() => void opening.refetch()} />
      </div>
    );
  }
  if (!conversation && opening.isSuccess) return <ConversationMissing />;
  return <Opened conversation={conversation} log={log} />;
}

function Opened(props: { conversation: Conversation | undefined; log: EntryLog | undefined }) {
  const { conversation, log } = props;
  const details = useDetails();
  if (!conversation) return <ConversationLoading />;
  const entries = withoutHoles(log ?? []);
  const name = customerName(conversation) ?? words.list.guest;
  const panel = <CustomerPanel conversation={conversation} entries={entries} />;
  return (
    <div className={`conversation ${details.beside ? 'conversation-with-details' : ''}`}>
      <section className="conversation-thread" aria-label={words.conversation.label(name)}>
        <ConversationHeader
          conversation={conversation}
          entries={entries}
          detailsOpened={details.opened}
          onDetails={details.toggle}
        />
        <ViewersLine id={conversation.id} />
        {log ? (
          <Timeline conversation={conversation} entries={entries} name={name} />
        ) : (
          <ConversationLoading />
        )}
        <Composer conversation={conversation} entries={entries} name={name} />
      </section>
      {details.beside ? (
        <aside className="details-pane" aria-label={words.customer.panel}>
          {panel}
        </aside>
      ) : null}
      <Drawer
        opened={details.inDrawer}
        onClose={details.toggle}
        position="right"
        size={360}
        title={words.conversation.details}
        closeButtonProps={{ 'aria-label': words.close }}
        classNames={{ body: 'details-drawer' }}
      >
        {panel}
      </Drawer>
    </div>
  );
}

/** Beside the thread where there is room, and then remembered; else a drawer that starts closed. */
function useDetails() {
  const wide = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false });
  const [beside, setBeside] = usePreference('details-open');
  const [drawer, setDrawer] = useState(false);
  const toggle = () => (wide ? setBeside(!beside) : setDrawer((opened) => !opened));
  useShortcut('details', toggle);
  useEffect(() => {
    if (wide) setDrawer(false);
  }, [wide]);
  return {
    beside: wide && beside,
    inDrawer: !wide && drawer,
    opened: wide ? beside : drawer,
    toggle,
  };
}
