import type { Chat } from './chat.ts';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { Header } from './header.tsx';
import { Problem } from './problem.tsx';
import { ConnectionStrip, IdentityStrip } from './strips.tsx';

/** The panel: header, who the customer is, the conversation, what is being written. */
export function App({ chat }: { chat: Chat }) {
  const { screen, strings } = chat;
  return (
    <main aria-label={chat.config?.name || strings.title}>
      <Header chat={chat} />
      {screen.kind === 'loading' && (
        <div class="skeleton" role="status" aria-label={strings.loading}>
          <i />
          <i />
          <i />
        </div>
      )}
      {screen.kind === 'problem' && <Problem screen={screen} strings={strings} />}
      {screen.kind === 'chat' && (
        <>
          <div role="status">
            <IdentityStrip chat={chat} />
          </div>
          <ConnectionStrip chat={chat} />
          {chat.around?.before() ?? (
            <>
              <Conversation chat={chat} />
              {chat.around?.after()}
              <Composer chat={chat} />
            </>
          )}
        </>
      )}
      <div class="unseen" aria-live="polite">
        {chat.announcement}
      </div>
    </main>
  );
}
