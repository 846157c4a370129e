import type { Screen } from './chat.ts';
import { fill } from './fill.ts';
import type { Strings } from './strings.ts';

/** What happened, what to do, and what to tell support. */
export function Problem({
  screen: { text, reference, action, isCalm },
  strings,
}: {
  screen: Extract<Screen, { kind: 'problem' }>;
  strings: Strings;
}) {
  return (
    <div class="problem" role={isCalm ? 'group' : 'alert'}>
      <p>{text}</p>
      {reference && <p class="reference">{fill(strings.reference, reference)}</p>}
      {action && (
        <button type="button" class="primary" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}
