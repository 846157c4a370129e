import type { Report } from '@countersign/protocol';
import { locale } from '../strings/language.ts';
import { words } from '../strings/words.ts';
import { duration } from '../time/format-time.ts';
import { Patterns } from './pattern.tsx';
import { Plot } from './plot.tsx';
import { roundAbove, roundSecondsAbove } from './scale.ts';
import { identitySeries, percentileSeries, queueSeries, refusedSeries } from './series.ts';

const { reports: w } = words;

const numbers = new Intl.NumberFormat(locale);
const hourFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
// The node's days are days in UTC
const dayFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

const counts = {
  kind: 'bars',
  round: roundAbove,
  read: numbers.format,
  axis: w.axisCount,
} as const;
const times = {
  kind: 'lines',
  round: roundSecondsAbove,
  read: (seconds: number) => duration(seconds * 1000),
  axis: w.axisTime,
} as const;

export function ReportPlots({ report }: { report: Report }) {
  const { buckets, bucket } = report;
  const format = bucket === 'hour' ? hourFormat : dayFormat;
  const steps = buckets.map(({ at }) => format.format(new Date(at)));
  return (
    <div className="plots">
      <Patterns />
      <Plot title={w.byQueue} steps={steps} series={queueSeries(buckets)} {...counts} />
      <Plot title={w.byIdentity} steps={steps} series={identitySeries(buckets)} {...counts} />
      <Plot
        title={w.wait}
        steps={steps}
        series={percentileSeries(buckets, 'waitSeconds')}
        {...times}
      />
      <Plot
        title={w.handle}
        steps={steps}
        series={percentileSeries(buckets, 'handleSeconds')}
        {...times}
      />
      <Plot title={w.refusedOverTime} steps={steps} series={refusedSeries(buckets)} {...counts} />
    </div>
  );
}
