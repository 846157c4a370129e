import type { Chat } from './chat.ts';
import { Glyph } from './glyphs.tsx';
import { fill } from './strings.ts';

/** Who the company takes the customer for. */
export function IdentityStrip({ chat }: { chat: Chat }) {
  const { strings, personName } = chat;
  if (personName !== null) {
    return (
      <div class="strip verified">
        <Glyph name="verified" />
        {personName ? fill(strings.signedInAs, personName) : strings.signedIn}
      </div>
    );
  }
  if (!chat.canSignIn) return null;
  return (
    <div class="strip anonymous">
      <Glyph name="anonymous" />
      {strings.guest}
      <button type="button" class="link" onClick={chat.stepUp}>
        {strings.signIn}
      </button>
    </div>
  );
}

/** Says that the connection is away, and that nothing written meanwhile is lost. */
export function ConnectionStrip({ chat: { state, strings } }: { chat: Chat }) {
  return (
    <div role="status">
      {state.kind === 'reconnecting' && (
        <div class="strip lapsed">{navigator.onLine ? strings.reconnecting : strings.offline}</div>
      )}
    </div>
  );
}
