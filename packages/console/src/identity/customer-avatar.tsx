import type { IdentityState } from '@countersign/protocol';
import { IdentityGlyph } from './identity-glyph.tsx';
import './customer-avatar.css';

/** The customer's initial in the colours of its identity state, with the glyph at its edge. */
export function CustomerAvatar({ name, state }: { name: string; state: IdentityState }) {
  return (
    <span className={`avatar avatar-${state}`}>
      <span aria-hidden="true">{[...name.trim()][0]?.toUpperCase() ?? '?'}</span>
      <span className="avatar-glyph">
        <IdentityGlyph state={state} size={14} />
      </span>
    </span>
  );
}
