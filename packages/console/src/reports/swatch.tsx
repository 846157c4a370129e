import { Marker } from './marker.tsx';
import { patternUrl } from './pattern.tsx';

/** What a series looks like, beside its name. */
export function Swatch({ look, kind }: { look: string; kind: 'bars' | 'lines' }) {
  return (
    <svg
      className={`look-${look}`}
      width={kind === 'bars' ? 12 : 22}
      height={12}
      aria-hidden="true"
    >
      {kind === 'bars' ? (
        <rect width={12} height={12} rx={2} fill={patternUrl(look)} />
      ) : (
        <>
          <path className="plot-line" d="M0 6H22" />
          <Marker look={look} x={11} y={6} />
        </>
      )}
    </svg>
  );
}
