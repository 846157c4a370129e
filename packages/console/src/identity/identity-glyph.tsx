import type { IdentityState } from '@countersign/protocol';
import { words } from '../strings/words.ts';
import './identity-glyph.css';

export type GlyphState = IdentityState | 'refused';

const SEAL =
  'M8 .8l1.9 1.5 2.4-.1.7 2.3 2 1.4-.9 2.2.9 2.2-2 1.4-.7 2.3-2.4-.1L8 15.2l-1.9-1.5-2.4.1-.7-2.3' +
  '-2-1.4.9-2.2-.9-2.2 2-1.4.7-2.3 2.4.1z';

/** What is drawn into the filled seals. */
const strokes = {
  verified: 'M5 8.2l2.1 2.1L11.2 6',
  lapsed: 'M8 4.8V8.2l2.3 1.5',
  refused: 'M5 8h6',
};

/**
 * The sign of an identity state: its shape differs, not only its colour. It has its word for screen
 * readers and on hover, unless `silent`, where the word stands beside it.
 */
export function IdentityGlyph(props: { state: GlyphState; size?: number; silent?: boolean }) {
  const { state, size = 14, silent = false } = props;
  const word = words.identity[state];
  const drawn = {
    className: `glyph glyph-${state}`,
    viewBox: '0 0 16 16',
    width: size,
    height: size,
  };
  return silent ? (
    <svg {...drawn} aria-hidden="true">
      <Shape state={state} />
    </svg>
  ) : (
    <svg {...drawn} role="img">
      <title>{word}</title>
      <Shape state={state} />
    </svg>
  );
}

function Shape({ state }: { state: GlyphState }) {
  if (state === 'anonymous') {
    return (
      <g fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round">
        <circle cx="8" cy="5.3" r="2.6" />
        <path d="M2.8 13.8c.6-2.7 2.6-4 5.2-4s4.6 1.3 5.2 4" />
      </g>
    );
  }
  if (state === 'claimed') {
    return <path d={SEAL} fill="none" stroke="currentColor" strokeWidth="1.3" />;
  }
  return (
    <>
      <path d={SEAL} fill="currentColor" />
      <path className="glyph-stroke" d={strokes[state]} />
    </>
  );
}
