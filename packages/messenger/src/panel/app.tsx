import { Component } from 'preact';
import type { Chat } from './chat.ts';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { Header } from './header.tsx';
import { keepFocus } from './keep-focus.ts';
import { Problem } from './problem.tsx';
import { ConnectionStrip, IdentityStrip } from './strips.tsx';

/** The panel: header, who the customer is, the conversation, what is being written. */
export class App extends Component<{ chat: Chat }> {
  override componentDidMount(): void {
    const { chat } = this.props;
    chat.onChange = () => this.forceUpdate();
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape') chat.close();
      else keepFocus(event);
    });
  }

  override render() {
    const { chat } = this.props;
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
            <Conversation chat={chat} />
            <Composer chat={chat} />
          </>
        )}
        <div class="unseen" aria-live="polite">
          {chat.announcement}
        </div>
      </main>
    );
  }
}
