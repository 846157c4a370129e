import type { Attempt } from '@countersign/protocol';
import { Button, Skeleton } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, type RefObject, useCallback } from 'react';
import { type AttemptFilter, workspaceApi } from '../api/workspace-api.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import { AttemptTable } from './attempt-table.tsx';
import { useFreshAttempts } from './use-fresh-attempts.ts';

interface Props {
  /** Keeps its identity while it says the same. */
  filter: AttemptFilter;
  scroller: RefObject<HTMLElement | null>;
  onChoose: (attempt: Attempt) => void;
  /** In place of an empty list. */
  children: ReactNode;
}

/** The attempts that a filter lets through, the newest first; new ones join them by themselves. */
export function AttemptList({ filter, scroller, onChoose, children }: Props) {
  const attempts = useInfiniteQuery({
    queryKey: ['attempts', filter],
    queryFn: ({ pageParam }) =>
      workspaceApi.attempts(pageParam === '' ? filter : { ...filter, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const { refetch } = attempts;
  const refresh = useCallback(() => void refetch(), [refetch]);
  const fresh = useFreshAttempts(filter, scroller, refresh);
  if (attempts.isPending) return <Loading />;
  if (attempts.isError && !attempts.data) {
    return <LoadFailed text={words.attempts.failed} onRetry={refresh} />;
  }
  const items = attempts.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return children;
  return (
    <div className="attempts-list">
      <FreshPill {...fresh} />
      <AttemptTable attempts={items} onChoose={onChoose} />
      {attempts.hasNextPage ? (
        <Button
          variant="default"
          loading={attempts.isFetchingNextPage}
          onClick={() => void attempts.fetchNextPage()}
        >
          {words.attempts.more}
        </Button>
      ) : null}
    </div>
  );
}

function FreshPill({ count, show }: { count: number; show: () => void }) {
  return (
    <div className="attempts-fresh" role="status">
      {count > 0 ? (
        <Button
          size="compact-sm"
          radius="xl"
          leftSection={<IconArrowUp size={14} stroke={2} aria-hidden />}
          title={words.attempts.freshHint}
          onClick={show}
        >
          {words.attempts.fresh(count)}
        </Button>
      ) : null}
    </div>
  );
}

function Loading() {
  return (
    <div className="attempts-loading" role="status" aria-label={words.attempts.loading}>
      <Skeleton height={36} />
      <Skeleton height={36} />
      <Skeleton height={36} />
    </div>
  );
}
