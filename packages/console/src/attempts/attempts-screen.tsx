import type { Attempt } from '@countersign/protocol';
import { Button, Skeleton } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { workspaceApi } from '../api/workspace-api.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { mayReadAttempts } from '../shell/roles.ts';
import { words } from '../strings/words.ts';
import { AttemptDetail } from './attempt-detail.tsx';
import { AttemptFilters } from './attempt-filters.tsx';
import { AttemptTable } from './attempt-table.tsx';
import { TryTokenDialog } from './try-token-dialog.tsx';
import { useFreshAttempts } from './use-fresh-attempts.ts';
import './attempts-screen.css';

/** Every recorded sign-in of a customer, for administrators and developers. */
export function AttemptsScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  useEffect(() => {
    document.title = `${words.attempts.title} · ${words.product}`;
  }, []);
  if (!mayReadAttempts(roles)) {
    return (
      <main className="state">
        <h1>{words.attempts.notAllowed}</h1>
      </main>
    );
  }
  return <Attempts />;
}

function Attempts() {
  const [chosen, setChosen] = useState<Attempt | null>(null);
  const [trying, setTrying] = useState(false);
  const scroller = useRef<HTMLElement>(null);
  return (
    <main className="attempts" ref={scroller}>
      <header className="attempts-header">
        <div>
          <h1>{words.attempts.title}</h1>
          <p className="secondary">{words.attempts.lead}</p>
        </div>
        <Button variant="default" onClick={() => setTrying(true)}>
          {words.tryToken.open}
        </Button>
      </header>
      <AttemptFilters />
      <AttemptList scroller={scroller} onChoose={setChosen} />
      <AttemptDetail attempt={chosen} onClose={() => setChosen(null)} />
      <TryTokenDialog opened={trying} onClose={() => setTrying(false)} />
    </main>
  );
}

interface ListProps {
  scroller: RefObject<HTMLElement | null>;
  onChoose: (attempt: Attempt) => void;
}

function AttemptList({ scroller, onChoose }: ListProps) {
  const search = useSearch({ from: '/administration/attempts' });
  const attempts = useInfiniteQuery({
    queryKey: ['attempts', search],
    queryFn: ({ pageParam }) =>
      workspaceApi.attempts(pageParam === '' ? search : { ...search, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const { refetch } = attempts;
  const refresh = useCallback(() => void refetch(), [refetch]);
  const fresh = useFreshAttempts(search, scroller, refresh);
  if (attempts.isPending) return <Loading />;
  if (attempts.isError && !attempts.data) {
    return <LoadFailed text={words.attempts.failed} onRetry={refresh} />;
  }
  const items = attempts.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return <Nothing filtered={Object.keys(search).length > 0} />;
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

function Nothing({ filtered }: { filtered: boolean }) {
  const navigate = useNavigate({ from: '/attempts' });
  return (
    <div className="state">
      <strong>{filtered ? words.attempts.noMatch : words.attempts.none}</strong>
      <p>{filtered ? words.attempts.noMatchHint : words.attempts.noneHint}</p>
      {filtered ? (
        <Button variant="default" onClick={() => void navigate({ search: {} })}>
          {words.attempts.clear}
        </Button>
      ) : null}
    </div>
  );
}
