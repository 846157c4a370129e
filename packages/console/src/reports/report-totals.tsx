import type { Report } from '@countersign/protocol';
import { locale } from '../strings/language.ts';
import { words } from '../strings/words.ts';
import { duration } from '../time/format-time.ts';
import { totals } from './totals.ts';

const { reports: w } = words;

const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

export function ReportTotals({ report }: { report: Report }) {
  const { opened, abandoned, refused, rating, typicalWaitSeconds } = totals(report);
  const rows: [name: string, value: string][] = [
    [w.opened, numbers.format(opened)],
    [w.abandoned, numbers.format(abandoned)],
    [w.typicalWait, typicalWaitSeconds === null ? '–' : duration(typicalWaitSeconds * 1000)],
    [w.refused, numbers.format(refused)],
    [w.rating, rating ? w.ratingOf(numbers.format(rating.average), rating.count) : w.noRating],
  ];
  return (
    <dl className="report-totals">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
