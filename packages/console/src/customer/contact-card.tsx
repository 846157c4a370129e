import type { Conversation } from '@countersign/protocol';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { workspaceApi } from '../api/workspace-api.ts';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import { absolute, clockOrDate } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** The record of the person and what they wrote about before. */
export function ContactCard({ conversation }: { conversation: Conversation }) {
  const { contact } = conversation;
  return (
    <section className="customer-card">
      <h3>{words.customer.contact}</h3>
      {contact ? (
        <>
          <strong>{contact.name ?? words.customer.noName}</strong>
          {contact.email ? <p className="secondary">{contact.email}</p> : null}
          <EarlierConversations contact={contact.id} current={conversation.id} />
        </>
      ) : (
        <p className="secondary">{words.customer.noContact}</p>
      )}
    </section>
  );
}

function EarlierConversations({ contact, current }: { contact: string; current: string }) {
  const details = useQuery({
    queryKey: ['contact', contact],
    queryFn: () => workspaceApi.contact(contact),
  });
  const now = useNow(60_000);
  if (details.isPending) return <Skeleton height={14} width="60%" mt={8} />;
  if (details.isError) {
    return (
      <LoadFailed text={words.customer.contactFailed} onRetry={() => void details.refetch()} />
    );
  }
  const earlier = details.data.conversations.filter((item) => item.id !== current);
  return (
    <>
      <p className="secondary contact-count">{words.customer.earlier(earlier.length)}</p>
      <ul className="contact-earlier">
        {earlier.map((item) => (
          <li key={item.id}>
            <EarlierConversation conversation={item} now={now} />
          </li>
        ))}
      </ul>
    </>
  );
}

function EarlierConversation({ conversation, now }: { conversation: Conversation; now: number }) {
  const { openedAt, state, preview, identity } = conversation;
  return (
    <Link
      to="/inbox/$view/$conversation"
      params={(before) => ({ view: before.view ?? 'all', conversation: conversation.id })}
      search={(before) => before}
    >
      <span className="one-line" style={{ display: 'block' }}>
        <IdentityGlyph state={identity.state} /> {preview?.text || words.list.nothingSaid}
      </span>
      <span className="secondary">
        <time dateTime={openedAt} title={absolute(openedAt)}>
          {clockOrDate(openedAt, now)}
        </time>{' '}
        · {words.customer.states[state]}
      </span>
    </Link>
  );
}
