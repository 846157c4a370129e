import type { Chat } from './chat.ts';

/** Who the customer talks to, and what they can do with the whole conversation. */
export function Header({ chat }: { chat: Chat }) {
  const { strings, agentName, config, menu } = chat;
  const brand = config?.name || strings.title;
  const canClear = config?.canClear === true && chat.entries.length > 0;
  const canSignOut = chat.personName !== null;
  const act = (run: () => unknown) => () => {
    chat.show('closed');
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
          aria-expanded={menu !== 'closed'}
          onClick={() => chat.show(menu === 'closed' ? 'open' : 'closed')}
        >
          ⋯
        </button>
      )}
      <button type="button" class="icon" aria-label={strings.minimise} onClick={chat.close}>
        –
      </button>
      {menu !== 'closed' && (
        <div class="menu">
          {menu === 'asking' ? (
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
                <button type="button" onClick={() => chat.show('asking')}>
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
