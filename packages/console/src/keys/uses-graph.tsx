import type { KeyHealth } from '@countersign/protocol';
import { words } from '../strings/words.ts';

const WIDTH = 120;
const HEIGHT = 28;

/** Uses a day as bars; the text beside it says the same. */
export function UsesGraph({ days }: { days: KeyHealth['usesPerDay'] }) {
  const most = Math.max(1, ...days.map(({ uses }) => uses));
  const total = days.reduce((sum, { uses }) => sum + uses, 0);
  const step = WIDTH / days.length;
  const text = words.keys.usesText(total, days.at(-1)?.uses ?? 0);
  return (
    <figure className="uses-graph">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img">
        <title>{text}</title>
        {days.map(({ day, uses }, at) => {
          const height = uses === 0 ? 1 : Math.max(3, (uses / most) * HEIGHT);
          return (
            <rect
              key={day}
              className={uses === 0 ? 'uses-none' : ''}
              x={at * step}
              y={HEIGHT - height}
              width={step - 1}
              height={height}
            >
              <title>{words.keys.dayUses(day, uses)}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="secondary" aria-hidden="true">
        {text}
      </figcaption>
    </figure>
  );
}
