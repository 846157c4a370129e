const SIZE = 6;

const strokes = {
  'queue-1': '',
  'queue-2': 'M0 6L6 0',
  'queue-3': 'M0 3H6',
  'queue-4': 'M3 0V6M0 3H6',
  'queue-other': 'M3 3h.01',
  verified: '',
  lapsed: 'M0 6L6 0',
  claimed: 'M3 0V6',
  anonymous: 'M3 3h.01',
  refused: '',
};

/** The fill of a look: a colour, and strokes in it, so that shapes differ as colours do. */
export const patternUrl = (look: string): string => `url(#pattern-${look})`;

/** Every pattern of the page, once. Hidden by its size: what is not displayed at all paints nothing. */
export function Patterns() {
  return (
    <svg className="patterns" width={0} height={0} aria-hidden="true">
      <defs>
        {Object.entries(strokes).map(([look, stroke]) => (
          <pattern
            key={look}
            id={`pattern-${look}`}
            className={`look-${look}`}
            width={SIZE}
            height={SIZE}
            patternUnits="userSpaceOnUse"
          >
            <rect className="pattern-ground" width={SIZE} height={SIZE} />
            <path className="pattern-stroke" d={stroke} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
