import type { AroundStrings } from './around-strings.ts';

export type RatingState =
  | { kind: 'asked' | 'sending' | 'failed' /** 0: none chosen. */; score: number }
  | { kind: 'sent' };

interface Props {
  text: string;
  strings: AroundStrings;
  state: RatingState;
  onChange(state: RatingState): void;
  onSend(score: number, comment: string): void;
}

/** How it was: five words, and what the customer wants to add. */
export function Rating({ text, strings, state, onChange, onSend }: Props) {
  if (state.kind === 'sent')
    return (
      <p class="rating" role="status">
        {strings.thanks}
      </p>
    );
  const { score } = state;
  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault();
        const comment = event.currentTarget.querySelector('textarea')?.value ?? '';
        if (score > 0) onSend(score, comment);
      }}
    >
      <fieldset>
        <legend>{text}</legend>
        {strings.scores.map((word, index) => (
          <button
            key={word}
            type="button"
            aria-pressed={score === index + 1}
            onClick={() => onChange({ kind: 'asked', score: index + 1 })}
          >
            {word}
          </button>
        ))}
      </fieldset>
      {score > 0 && (
        <>
          <textarea
            rows={2}
            maxLength={500}
            aria-label={strings.comment}
            placeholder={strings.comment}
          />
          <button type="submit" class="primary" disabled={state.kind === 'sending'}>
            {strings.send}
          </button>
        </>
      )}
      {state.kind === 'failed' && (
        <p class="refused" role="alert">
          {strings.notSent}
        </p>
      )}
    </form>
  );
}
