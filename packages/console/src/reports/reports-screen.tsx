import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type ReportRange, supervisionApi } from '../api/supervision-api.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { supervises } from '../shell/roles.ts';
import { Screen } from '../shell/screen.tsx';
import { words } from '../strings/words.ts';
import { useNow } from '../time/use-now.ts';
import { isTooLong, reportRange } from './range.ts';
import { RangeBar } from './range-bar.tsx';
import { ReportPlots } from './report-plots.tsx';
import { ReportTotals } from './report-totals.tsx';
import './reports.css';

const { reports: w } = words;

/** How the time went: totals, plots, and the same as a table. */
export function ReportsScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  return (
    <Screen title={w.title} lead={w.lead} refusal={supervises(roles) ? null : w.notAllowed}>
      <Chosen />
    </Screen>
  );
}

function Chosen() {
  const chosen = useSearch({ from: '/reports' });
  const range = reportRange(chosen, useNow(60_000));
  const problem = range === null ? w.wrongRange : isTooLong(range) ? w.tooMany : null;
  return (
    <>
      <RangeBar range={problem === null ? range : null} />
      {problem === null ? null : (
        <p className="screen-problem" role="alert">
          {problem}
        </p>
      )}
      {range && problem === null ? <Shown range={range} /> : null}
    </>
  );
}

function Shown({ range }: { range: ReportRange }) {
  const report = useQuery({
    queryKey: ['report', range],
    queryFn: () => supervisionApi.report(range),
    placeholderData: keepPreviousData,
  });
  if (report.isPending) {
    return (
      <div className="screen-loading" role="status" aria-label={w.loading}>
        <Skeleton height={72} radius={12} />
        <Skeleton height={240} radius={12} />
      </div>
    );
  }
  if (report.isError) return <LoadFailed text={w.failed} onRetry={() => void report.refetch()} />;
  const happened = report.data.buckets.some(
    ({ opened, refusedAttempts }) => opened + refusedAttempts > 0,
  );
  if (!happened) {
    return (
      <div className="state">
        <strong>{w.none}</strong>
        <p>{w.noneHint}</p>
      </div>
    );
  }
  return (
    <>
      <ReportTotals report={report.data} />
      <ReportPlots report={report.data} />
    </>
  );
}
