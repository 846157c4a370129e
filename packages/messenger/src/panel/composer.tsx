import type { Chat } from './chat.ts';

/** Bytes of UTF-8 that the server takes (Guest API, error 4011). */
const MAX_BYTES = 4096;
const SHOW_FROM = 3600;

export function Composer({ chat }: { chat: Chat }) {
  const { strings, state, draft: text } = chat;
  const bytes = new TextEncoder().encode(text).length;
  const tooLong = bytes > MAX_BYTES;
  if (state.kind === 'open' && state.readOnly) {
    return (
      <footer class="ended">
        <button type="button" class="primary" onClick={chat.newChat}>
          {strings.newChat}
        </button>
      </footer>
    );
  }
  const files = chat.around?.files;
  const cannotSend = tooLong || files?.isBusy === true || !(text.trim() || files?.isReady);
  const send = () => {
    if (cannotSend) return;
    chat.send(text.trim(), files?.take());
    chat.draft = '';
  };
  return (
    <footer>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.currentTarget.querySelector('textarea')?.focus();
          send();
        }}
      >
        {chat.around?.attach()}
        <textarea
          rows={1}
          value={text}
          aria-label={strings.write}
          placeholder={strings.write}
          aria-invalid={tooLong}
          aria-describedby="limit"
          onInput={({ currentTarget: { value } }) => {
            chat.draft = value;
            if (value) chat.typing();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="primary round" aria-label={strings.send} disabled={cannotSend}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path class="line" d="M12 19V5m-6 6l6-6 6 6" />
          </svg>
        </button>
      </form>
      <p id="limit" class={tooLong ? 'limit refused' : 'limit'} aria-live="polite">
        {bytes > SHOW_FROM && (tooLong ? strings.tooLong : `${bytes} / ${MAX_BYTES}`)}
      </p>
    </footer>
  );
}
