import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import { words } from '../strings/words.ts';
import { Bars } from './bars.tsx';
import { Lines } from './lines.tsx';
import { PlotTable } from './plot-table.tsx';
import { namedSteps } from './scale.ts';
import type { Series } from './series.ts';
import { Swatch } from './swatch.tsx';

const HEIGHT = 160;
const TOP = 8;
const LEFT = 52;
const BELOW = 24;
const LABEL_WIDTH = 84;
/** Before the width is known, and where it never is. */
const USUAL_WIDTH = 560;

interface Props {
  title: string;
  steps: string[];
  series: Series[];
  kind: 'bars' | 'lines';
  /** The axis ends here. */
  round: (greatest: number) => number;
  read: (value: number) => string;
  axis: string;
}

/** Values over time as a picture with a legend, and the same as a table. */
export function Plot({ title, steps, series, kind, round, read, axis }: Props) {
  const heading = useId();
  const { ref, width } = useElementSize();
  const inner = Math.max(40, (width || USUAL_WIDTH) - LEFT);
  const top = round(greatest(series, kind));
  const area = { width: inner, height: HEIGHT, top };
  const Drawn = kind === 'bars' ? Bars : Lines;
  return (
    <section className="screen-card plot" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <Legend series={series} kind={kind} />
      <div ref={ref}>
        <svg
          className="plot-picture"
          width={inner + LEFT}
          height={TOP + HEIGHT + BELOW}
          role="img"
          aria-label={words.reports.summary(title, series.map(({ name }) => name).join(', '))}
        >
          <g transform={`translate(${LEFT} ${TOP})`}>
            <Axes {...area} steps={steps} read={read} />
            <Drawn {...area} steps={steps} series={series} read={read} />
          </g>
        </svg>
      </div>
      <PlotTable title={title} steps={steps} series={series} read={read} axis={axis} />
    </section>
  );
}

function greatest(series: readonly Series[], kind: 'bars' | 'lines'): number {
  const steps = series[0]?.values.length ?? 0;
  const heights = Array.from({ length: steps }, (_, step) => {
    const values = series.map(({ values }) => values[step] ?? 0);
    return kind === 'bars' ? values.reduce((a, b) => a + b, 0) : Math.max(0, ...values);
  });
  return Math.max(0, ...heights);
}

function Legend({ series, kind }: Pick<Props, 'series' | 'kind'>) {
  return (
    <ul className="plot-legend">
      {series.map(({ name, look }) => (
        <li key={look}>
          <Swatch look={look} kind={kind} /> {name}
        </li>
      ))}
    </ul>
  );
}

interface AxesProps {
  width: number;
  height: number;
  top: number;
  steps: string[];
  read: (value: number) => string;
}

function Axes({ width, height, top, steps, read }: AxesProps) {
  const levels = top >= 2 ? [0, top / 2, top] : [0, top];
  const step = width / steps.length;
  return (
    <g>
      {levels.map((level) => {
        const y = height - (level / top) * height;
        return (
          <g key={level}>
            <line className="plot-level" x2={width} y1={y} y2={y} />
            <text className="plot-label" x={-8} y={y + 4} textAnchor="end">
              {read(level)}
            </text>
          </g>
        );
      })}
      {namedSteps(steps.length, width, LABEL_WIDTH).map((at) => (
        <text key={at} className="plot-label" x={at * step} y={height + 18}>
          {steps[at]}
        </text>
      ))}
    </g>
  );
}
