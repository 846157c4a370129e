import type { Chat } from './chat.ts';
import { fill } from './fill.ts';
import { Glyph } from './glyphs.tsx';
import type { Strings } from './strings.ts';

interface StripProps {
  look: 'verified' | 'lapsed' | 'anonymous';
  text: string;
  reference?: string | undefined;
  action?: () => Promise<void>;
  strings: Strings;
}

/** Who the company takes the customer for, until when, and what the customer can do about it. */
export function IdentityStrip({ chat }: { chat: Chat }) {
  const { strings, personName, standing, failure, isAsked } = chat;
  const asks = isAsked && fill(strings.asksSignIn, chat.agentName || strings.agent);
  const failed = failure && strings[failure.text];
  if (personName !== null) {
    if (standing.kind === 'current') {
      const text = personName ? fill(strings.signedInAs, personName) : strings.signedIn;
      return <Strip look="verified" text={text} strings={strings} />;
    }
    if (standing.kind === 'renewing')
      return <Strip look="lapsed" text={strings.renewing} strings={strings} />;
    return (
      <Strip
        look="lapsed"
        text={failed || asks || strings.lapsed}
        reference={failure?.reference ?? standing.reference}
        action={chat.signInAgain}
        strings={strings}
      />
    );
  }
  if (!chat.canSignIn) return null;
  return (
    <Strip
      look={failed || asks ? 'lapsed' : 'anonymous'}
      text={failed || asks || strings.guest}
      reference={failure?.reference}
      action={chat.stepUp}
      strings={strings}
    />
  );
}

function Strip({ look, text, reference, action, strings }: StripProps) {
  return (
    <div class={`strip ${look}`}>
      <Glyph name={look} />
      <p>
        {text}
        {reference && <small>{fill(strings.reference, reference)}</small>}
      </p>
      {action && (
        <button type="button" class="link" onClick={() => void action()}>
          {strings.signIn}
        </button>
      )}
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
