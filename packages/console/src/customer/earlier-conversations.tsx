import type { Conversation } from '@countersign/protocol';
import { Link } from '@tanstack/react-router';
import type { ContactDetails } from '../api/workspace-api.ts';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { absolute, clockOrDate } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** The other conversations of a contact that this agent may see. */
export function EarlierConversations({
  contact,
  current,
}: {
  contact: ContactDetails;
  current: string;
}) {
  const now = useNow(60_000);
  const earlier = contact.conversations.filter((item) => item.id !== current);
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
  const { openedAt, state, preview, identity, rating } = conversation;
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
        {rating === undefined ? '' : ` · ${words.event.rated(rating)}`}
      </span>
    </Link>
  );
}
