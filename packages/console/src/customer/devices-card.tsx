import type { ContactSession, Conversation } from '@countersign/protocol';
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { workspaceApi } from '../api/workspace-api.ts';
import { ConfirmDialog } from '../dialog/confirm-dialog.tsx';
import { shownName } from '../inbox/conversation-row.tsx';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { useNow } from '../time/use-now.ts';
import './devices-card.css';

type Asked = { kind: 'all' } | { kind: 'one'; session: ContactSession } | null;

/** Where the customer is signed in now, and the way to end it. */
export function DevicesCard({ conversation }: { conversation: Conversation }) {
  const { contact, identity } = conversation;
  if (!contact || identity.state === 'anonymous' || identity.state === 'claimed') return null;
  return <Devices conversation={conversation} contact={contact.id} />;
}

function Devices({ conversation, contact }: { conversation: Conversation; contact: string }) {
  const [asked, setAsked] = useState<Asked>(null);
  const { state, until } = conversation.identity;
  // Read again when the identity changes: somebody has signed in or out
  const sessions = useQuery({
    queryKey: ['contact-sessions', contact, state, until],
    queryFn: () => workspaceApi.contactSessions(contact),
    refetchInterval: 30_000,
  });
  const now = useNow(30_000);
  const items = sessions.data?.items ?? [];
  const end = async () => {
    if (asked?.kind === 'one') await workspaceApi.endContactSession(contact, asked.session.id);
    else await workspaceApi.signContactOut(contact);
    await sessions.refetch();
  };
  return (
    <section className="customer-card">
      <h3>{words.devices.title}</h3>
      {sessions.isPending ? <Skeleton height={14} width="60%" /> : null}
      {sessions.isError ? (
        <LoadFailed text={words.devices.failed} onRetry={() => void sessions.refetch()} />
      ) : null}
      {sessions.isSuccess && items.length === 0 ? (
        <p className="secondary">{words.devices.none}</p>
      ) : null}
      <ul className="devices">
        {items.map((session) => (
          <Device
            key={session.id}
            session={session}
            now={now}
            onSignOut={() => setAsked({ kind: 'one', session })}
          />
        ))}
      </ul>
      {items.length > 0 ? (
        <Button variant="default" fullWidth onClick={() => setAsked({ kind: 'all' })}>
          {words.devices.everywhere}
        </Button>
      ) : null}
      <ConfirmDialog
        failed={words.devices.endFailed}
        opened={asked !== null}
        title={
          asked?.kind === 'one'
            ? words.devices.confirmOne(nameOf(asked.session))
            : words.devices.confirm(shownName(conversation))
        }
        effect={
          asked?.kind === 'one' ? words.devices.effectOne : words.devices.effect(items.length)
        }
        submit={asked?.kind === 'one' ? words.devices.signOut : words.devices.everywhere}
        onConfirm={end}
        onClose={() => setAsked(null)}
      />
    </section>
  );
}

function Device(props: { session: ContactSession; now: number; onSignOut: () => void }) {
  const { session, now, onSignOut } = props;
  return (
    <li className="device">
      <div>
        <span className="one-line">{nameOf(session)}</span>
        <span className="secondary">
          {words.devices.seen} <RelativeTime at={session.lastSeenAt} now={now} />
          {session.state === 'lapsed' ? ` · ${words.devices.lapsed}` : null}
        </span>
      </div>
      <Button
        variant="subtle"
        color="gray"
        aria-label={words.devices.signOutOf(nameOf(session))}
        onClick={onSignOut}
      >
        {words.devices.signOut}
      </Button>
    </li>
  );
}

const nameOf = ({ device }: ContactSession): string => device ?? words.devices.unknown;
