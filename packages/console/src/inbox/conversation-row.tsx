import type { Conversation } from '@countersign/protocol';
import { Link } from '@tanstack/react-router';
import { customerName, readableValue, signedHighlights } from '../customer/customer-facts.ts';
import { CustomerAvatar } from '../identity/customer-avatar.tsx';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import './conversation-row.css';

export const ROW_HEIGHT_PX = 86;

/** A customer who only claims a name is shown as saying so. */
export function shownName(conversation: Conversation): string {
  const name = customerName(conversation);
  if (name === null) return words.list.guest;
  const { state } = conversation.identity;
  if (state === 'verified' || state === 'lapsed') return name;
  // Nobody has said it but an agent, who linked the contact
  const isLinked = state === 'anonymous' && conversation.contact !== null;
  return isLinked ? words.list.linked(name) : words.list.says(name);
}

interface Props {
  conversation: Conversation;
  opened: boolean;
  now: number;
  chosen: boolean;
  /** `range`: from the one chosen before. */
  onChoose: (range: boolean) => void;
}

export function ConversationRow(props: Props) {
  const { conversation, chosen, onChoose } = props;
  return (
    <>
      <RowLink {...props} />
      <span className="row-choose">
        <input
          type="checkbox"
          aria-label={words.list.choose(shownName(conversation))}
          data-conversation={conversation.id}
          checked={chosen}
          onChange={({ nativeEvent }) => onChoose(withShift(nativeEvent))}
        />
      </span>
    </>
  );
}

const withShift = (event: Event): boolean => event instanceof MouseEvent && event.shiftKey;

function RowLink({ conversation, opened, now, chosen }: Props) {
  const unread = useWorkspaceState((state) => state.reading.get(conversation.id)?.unread ?? 0);
  const name = shownName(conversation);
  return (
    <Link
      to="/inbox/$view/$conversation"
      params={(before) => ({ view: before.view ?? 'mine', conversation: conversation.id })}
      search={(before) => before}
      className={`row ${opened ? 'row-opened' : ''} ${unread > 0 ? 'row-unread' : ''} ${chosen ? 'row-chosen' : ''}`}
      aria-current={opened ? 'true' : undefined}
      data-conversation={conversation.id}
    >
      <CustomerAvatar name={name} state={conversation.identity.state} />
      <span className="row-body">
        <span className="row-line">
          <strong className="one-line">{name}</strong>
          <span className="secondary">
            <RelativeTime at={conversation.lastAt} now={now} />
          </span>
        </span>
        <Preview conversation={conversation} />
        <span className="row-line secondary">
          <Facts conversation={conversation} />
          <Left conversation={conversation} />
          {unread > 0 ? <UnreadBadge unread={unread} /> : null}
        </span>
      </span>
    </Link>
  );
}

/** Ended, with some time left for notes. */
function Left({ conversation }: { conversation: Conversation }) {
  if (conversation.state !== 'wrap-up') return null;
  return <span className="row-wrap-up">{words.customer.states['wrap-up']}</span>;
}

function UnreadBadge({ unread }: { unread: number }) {
  return (
    <span className="row-badge">
      <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
      <span className="unseen">{words.list.unread(unread)}</span>
    </span>
  );
}

function Preview({ conversation }: { conversation: Conversation }) {
  const typing = useWorkspaceState((state) => state.typing.has(conversation.id));
  const { preview } = conversation;
  if (typing) return <span className="row-preview row-typing one-line">{words.list.typing}</span>;
  const by = preview?.from === 'agent' ? words.list.agentWrote : '';
  return (
    <span className="row-preview one-line">
      {preview ? `${by}${preview.text}` : words.list.nothingSaid}
    </span>
  );
}

function Facts({ conversation }: { conversation: Conversation }) {
  const me = useWorkspaceState((state) => state.me.id);
  const { assignee } = conversation;
  const { vip, cart } = signedHighlights(conversation);
  const value = cart === null ? null : readableValue(cart);
  const chip = [vip ? words.list.vip : null, value].filter((part) => part !== null).join(' · ');
  return (
    <>
      <span className="row-queue one-line">
        {conversation.queue ?? words.list.noQueue}
        {assignee && assignee.id !== me ? ` · ${assignee.name}` : ''}
      </span>
      {chip ? (
        <span className="row-chip" title={chipHint(conversation, vip)}>
          {chip}
        </span>
      ) : null}
    </>
  );
}

/** What is signed, and what that did for the place in the queue. */
function chipHint({ priority, routing }: Conversation, vip: boolean): string {
  const signed = vip ? words.list.vipHint : words.list.cartHint;
  const because = routing?.because.join(', ');
  return because && priority !== null
    ? `${signed}. ${words.list.priorityHint(priority, because)}`
    : signed;
}
