import { Component } from 'preact';
import type { Chat } from './chat.ts';

/** Who the customer talks to, and what they can do with the whole conversation. */
export class Header extends Component<{ chat: Chat }, { open: boolean; asking: boolean }> {
  override state = { open: false, asking: false };

  override render() {
    const { chat } = this.props;
    const { strings, agentName, config } = chat;
    const { open, asking } = this.state;
    const brand = config?.name || strings.title;
    const canClear = config?.canClear === true && chat.entries.length > 0;
    const canSignOut = chat.personName !== null;
    const act = (run: () => unknown) => () => {
      this.setState({ open: false, asking: false });
      run();
    };
    return (
      <header>
        <span class="avatar" aria-hidden="true">
          {(agentName || brand).slice(0, 1).toUpperCase()}
        </span>
        <div class="who">
          <h1>{agentName || brand}</h1>
          {agentName && <p>{brand}</p>}
        </div>
        {chat.screen.kind === 'chat' && (canClear || canSignOut) && (
          <button
            type="button"
            class="icon"
            aria-label={strings.menu}
            aria-expanded={open}
            onClick={() => this.setState({ open: !open })}
          >
            ⋯
          </button>
        )}
        <button type="button" class="icon" aria-label={strings.minimise} onClick={chat.close}>
          –
        </button>
        {open && (
          <div class="menu">
            {asking ? (
              <>
                <p>{strings.endChatAsk}</p>
                <button type="button" onClick={act(chat.clear)}>
                  {strings.confirm}
                </button>
                <button type="button" onClick={act(() => {})}>
                  {strings.cancel}
                </button>
              </>
            ) : (
              <>
                {canClear && (
                  <button type="button" onClick={() => this.setState({ asking: true })}>
                    {strings.endChat}
                  </button>
                )}
                {canSignOut && (
                  <>
                    <button type="button" onClick={act(() => chat.signOut(false))}>
                      {strings.signOutHere}
                    </button>
                    <button type="button" onClick={act(() => chat.signOut(true))}>
                      {strings.signOutEverywhere}
                    </button>
                  </>
                )}
              </>
            )}
          </div>
        )}
      </header>
    );
  }
}
