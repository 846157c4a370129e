import type { Area } from './area.ts';
import { patternUrl } from './pattern.tsx';

const MOST_WIDTH = 36;
/** Between the parts of a bar, so that they are apart without colour. */
const SEAM = 1;

/** One bar a step, its series above each other. */
export function Bars({ width, height, top, steps, series, read }: Area) {
  const step = width / steps.length;
  const bar = Math.min(MOST_WIDTH, Math.max(1, step * 0.7));
  return (
    <g>
      {steps.map((name, at) => (
        <g key={name} transform={`translate(${at * step + (step - bar) / 2} 0)`}>
          {stacked(series.map(({ values }) => values[at] ?? 0)).map(({ from, value }, of) => {
            const { look, name: label } = series[of] ?? { look: '', name: '' };
            if (value === 0) return null;
            const tall = (value / top) * height;
            return (
              <rect
                key={look}
                className={`look-${look}`}
                fill={patternUrl(look)}
                width={bar}
                y={height - (from / top) * height - tall}
                height={Math.max(1, tall - SEAM)}
              >
                <title>{`${name}, ${label}: ${read(value)}`}</title>
              </rect>
            );
          })}
        </g>
      ))}
    </g>
  );
}

/** Where each value begins when they stand on each other. */
function stacked(values: number[]): { from: number; value: number }[] {
  let from = 0;
  return values.map((value) => {
    const part = { from, value };
    from += value;
    return part;
  });
}
