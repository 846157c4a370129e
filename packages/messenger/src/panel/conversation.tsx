import type { ChatMessage, ChatNotice, Entry } from '@countersign/transport';
import type { Chat } from './chat.ts';
import { fill } from './fill.ts';
import { Glyph } from './glyphs.tsx';
import { Linked } from './linked.tsx';
import type { Strings } from './strings.ts';

/** How far from its end the list still counts as being at its end, px. */
const AT_END_PX = 60;

let isAtEnd = true;

/** After everything is drawn: what is new comes into view, unless the customer reads further up. */
export function stayAtEnd(): void {
  const list = document.querySelector('.log');
  if (list && isAtEnd) list.scrollTop = list.scrollHeight;
}

/** The log. Only what is new is announced, by a live region of its own. */
export function Conversation({ chat }: { chat: Chat }) {
  const { entries, strings, agentTyping } = chat;
  const name = chat.agentName || strings.agent;
  return (
    <div
      class="log"
      role="log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={strings.title}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd = scrollHeight - scrollTop - clientHeight < AT_END_PX;
      }}
    >
      {chat.hasOlder && (
        <button type="button" class="link" onClick={() => void chat.loadOlder()}>
          {strings.older}
        </button>
      )}
      {entries.length === 0 && <p class="hello">{chat.around?.hello() ?? strings.hello}</p>}
      {entries.map((entry, index) =>
        entry.kind === 'notice' ? (
          <Notice key={entry.key} notice={entry} strings={strings} />
        ) : (
          <Message key={entry.key} message={entry} chat={chat} last={isLastOfRun(entries, index)} />
        ),
      )}
      {agentTyping && (
        <div class="typing">
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {fill(strings.typing, name)}
        </div>
      )}
    </div>
  );
}

/** The time stands once below what one side says in one go. */
function isLastOfRun(entries: readonly Entry[], index: number): boolean {
  const [entry, next] = [entries[index], entries[index + 1]];
  if (!entry || next?.kind !== 'message' || next.direction !== entry.direction) return true;
  return next.at.slice(0, 16) !== entry.at.slice(0, 16);
}

function Message({ message, chat, last }: { message: ChatMessage; chat: Chat; last: boolean }) {
  const { strings } = chat;
  const { delivery, direction, key, text } = message;
  const failed = delivery.kind === 'failed';
  const isHeld = delivery.kind === 'sending' && chat.standing.kind === 'lapsed';
  return (
    <div class={`message ${direction}`}>
      {message.bot && <div class="meta">{strings.bot}</div>}
      <div class="bubble">
        <Linked text={text} />
        {chat.around?.sent(message)}
      </div>
      {(last || delivery.kind !== 'sent') && (
        <div class="meta">
          {failed ? (
            <span class="refused" role="alert">
              {strings.failed}. {delivery.failure.code === 4011 && strings.tooLong}{' '}
              <button type="button" class="link" onClick={() => chat.retry(key)}>
                {strings.retry}
              </button>{' '}
              <button type="button" class="link" onClick={() => chat.discard(key)}>
                {strings.remove}
              </button>
            </span>
          ) : (
            <>
              {direction === 'inbound' && `${strings[isHeld ? 'waiting' : delivery.kind]} `}
              <time dateTime={message.at} title={new Date(message.at).toLocaleString()}>
                {clock(message.at)}
              </time>
            </>
          )}
        </div>
      )}
    </div>
  );
}

function Notice({ notice, strings }: { notice: ChatNotice; strings: Strings }) {
  if (notice.presence === 'SignIn') {
    return (
      <div class="boundary">
        <Glyph name="verified" />
        {strings.signInBoundary}
      </div>
    );
  }
  return notice.presence === 'Disconnect' ? <div class="boundary">{strings.ended}</div> : null;
}

const clock = (at: string): string => new Date(at).toLocaleTimeString([], { timeStyle: 'short' });
