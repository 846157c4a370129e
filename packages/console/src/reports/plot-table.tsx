import { words } from '../strings/words.ts';
import type { Series } from './series.ts';

interface Props {
  title: string;
  steps: string[];
  series: Series[];
  read: (value: number) => string;
  axis: string;
}

/** The values of a plot, for whoever reads numbers rather than pictures. */
export function PlotTable({ title, steps, series, read, axis }: Props) {
  return (
    <details className="plot-table">
      <summary>{words.table.asTable}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached with the keyboard */}
      <section className="plot-table-scroll" aria-label={words.table.of(title)} tabIndex={0}>
        <table className="table-plain">
          <caption className="unseen">{`${title}. ${axis}`}</caption>
          <thead>
            <tr>
              <th scope="col">{words.reports.time}</th>
              {series.map(({ name, look }) => (
                <th key={look} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step, at) => (
              <tr key={step}>
                <th scope="row">{step}</th>
                {series.map(({ look, values }) => (
                  <td key={look}>{said(values[at] ?? null, read)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

const said = (value: number | null, read: (value: number) => string): string =>
  value === null ? '–' : read(value);
