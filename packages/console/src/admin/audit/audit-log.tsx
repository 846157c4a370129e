import { Button, Skeleton } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { administrationApi } from '../../api/administration-api.ts';
import type { AuditSearch } from '../../routes.tsx';
import { LoadFailed } from '../../shell/load-failed.tsx';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { useNow } from '../../time/use-now.ts';
import { auditFilter } from './audit-filter.ts';
import { AuditLine } from './audit-line.tsx';

const { audit: w } = adminWords;

/** What was done, the newest first, a page at a time. */
export function AuditLog({ search }: { search: AuditSearch }) {
  const filter = auditFilter(search);
  const now = useNow(60_000);
  const log = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      administrationApi.audit({ ...filter, cursor: pageParam || undefined }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  });
  if (log.isPending) {
    return (
      <div className="screen-loading" role="status" aria-label={w.loading}>
        <Skeleton height={44} />
        <Skeleton height={44} />
        <Skeleton height={44} />
      </div>
    );
  }
  if (!log.data) return <LoadFailed text={w.failed} onRetry={() => void log.refetch()} />;
  const entries = log.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) {
    return (
      <div className="state">
        <strong>{w.none}</strong>
        <p>{w.noneHint}</p>
      </div>
    );
  }
  return (
    <section className="screen-card audit-log" aria-label={adminWords.navigation.audit}>
      <ol>
        {entries.map((entry) => (
          <AuditLine key={entry.id} entry={entry} now={now} />
        ))}
      </ol>
      {log.hasNextPage ? (
        <Button
          variant="default"
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {adminWords.list.more}
        </Button>
      ) : null}
    </section>
  );
}
