import type { Area } from './area.ts';
import { Marker } from './marker.tsx';

/** More points than this are drawn without their marks. */
const MARKED_STEPS = 60;

/** One line a series; where there is nothing to tell, the line is broken. */
export function Lines({ width, height, top, steps, series, read }: Area) {
  const step = width / steps.length;
  const x = (at: number) => (at + 0.5) * step;
  const y = (value: number) => height - (value / top) * height;
  return series.map(({ name, look, values }) => (
    <g key={look} className={`look-${look}`}>
      <path className="plot-line" d={path(values, x, y)} />
      {values.map((value, at) =>
        value === null || (steps.length > MARKED_STEPS && !isAlone(values, at)) ? null : (
          <Marker key={steps[at]} look={look} x={x(at)} y={y(value)}>
            {`${steps[at]}, ${name}: ${read(value)}`}
          </Marker>
        ),
      )}
    </g>
  ));
}

/** A point between two gaps is seen by its mark only. */
const isAlone = (values: (number | null)[], at: number): boolean =>
  (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;

function path(
  values: (number | null)[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, at) => {
      if (value === null) return '';
      const move = (values[at - 1] ?? null) === null ? 'M' : 'L';
      return `${move}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
}
