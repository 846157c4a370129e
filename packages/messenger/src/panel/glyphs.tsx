/** A seal with a check or a clock hand, or a person: they differ in shape, not only in colour. */
export function Glyph({ name }: { name: 'verified' | 'lapsed' | 'anonymous' }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" class="glyph">
      {name !== 'anonymous' ? (
        <>
          <path d="M8 .8l1.9 1.5 2.4-.1.7 2.3 2 1.4-.9 2.2.9 2.2-2 1.4-.7 2.3-2.4-.1L8 15.2l-1.9-1.5-2.4.1-.7-2.3-2-1.4.9-2.2L1 5.9l2-1.4.7-2.3 2.4.1z" />
          <path
            class="line"
            d={name === 'verified' ? 'M5 8.2l2.1 2.1L11.2 6' : 'M8 4.6V8l2.3 1.6'}
          />
        </>
      ) : (
        <path
          class="line"
          d="M8 8a2.6 2.6 0 100-5.3 2.6 2.6 0 000 5.3zM2.8 13.8c.6-2.7 2.6-4 5.2-4s4.6 1.3 5.2 4"
        />
      )}
    </svg>
  );
}
