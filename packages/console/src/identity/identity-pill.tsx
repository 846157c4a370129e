import type { Identity } from '@countersign/protocol';
import { words } from '../strings/words.ts';
import { absolute, clockOrDate } from '../time/format-time.ts';
import { IdentityGlyph } from './identity-glyph.tsx';
import './identity-pill.css';

/** `Verified since 09:58`: the state of a conversation in its colours. */
export function IdentityPill({ identity, now }: { identity: Identity; now: number }) {
  const word = words.identity[identity.state];
  const since = identity.state === 'lapsed' ? identity.until : identity.since;
  return (
    <span
      className={`identity-pill identity-pill-${identity.state}`}
      title={since ? absolute(since) : undefined}
    >
      <IdentityGlyph state={identity.state} silent />
      {since ? words.conversation.since(word, clockOrDate(since, now)) : word}
    </span>
  );
}
