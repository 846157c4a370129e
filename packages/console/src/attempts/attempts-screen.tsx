import { Button, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type Attempt, workspaceApi } from '../api/workspace-api.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { isAdministrator } from '../shell/rail.tsx';
import { words } from '../strings/words.ts';
import { AttemptDetail } from './attempt-detail.tsx';
import { AttemptTable } from './attempt-table.tsx';
import { wholeReference } from './reference.ts';
import './attempts-screen.css';

/** Every recorded sign-in of a customer, for administrators. */
export function AttemptsScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  useEffect(() => {
    document.title = `${words.attempts.title} · ${words.product}`;
  }, []);
  if (!isAdministrator(roles)) {
    return (
      <main className="state">
        <strong>{words.attempts.notAllowed}</strong>
      </main>
    );
  }
  return <Attempts />;
}

function Attempts() {
  const [chosen, setChosen] = useState<Attempt | null>(null);
  const search = useSearch({ from: '/attempts' });
  return (
    <main className="attempts">
      <header className="attempts-header">
        <h1>{words.attempts.title}</h1>
        <p className="secondary">{words.attempts.lead}</p>
      </header>
      <Filters />
      <AttemptList search={search} onChoose={setChosen} />
      <AttemptDetail attempt={chosen} onClose={() => setChosen(null)} />
    </main>
  );
}

function Filters() {
  const navigate = useNavigate({ from: '/attempts' });
  const { reference, outcome } = useSearch({ from: '/attempts' });
  const [text, setText] = useState(reference ?? '');
  const find = (value: string) => {
    setText(value);
    const whole = wholeReference(value);
    if (whole === null && value.trim() !== '') return;
    void navigate({
      search: ({ reference: _, ...rest }) => (whole ? { ...rest, reference: whole } : rest),
      replace: true,
    });
  };
  const choose = (value: string) =>
    navigate({
      search: ({ outcome: _, ...rest }) =>
        value === 'accepted' || value === 'refused' ? { ...rest, outcome: value } : rest,
    });
  return (
    <search className="attempts-filters">
      <TextInput
        aria-label={words.attempts.find}
        placeholder={`${words.attempts.find}: ${words.attempts.findHint}`}
        leftSection={<IconSearch size={16} stroke={1.5} />}
        value={text}
        onChange={(event) => find(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label={words.attempts.outcome}
        value={outcome ?? 'any'}
        onChange={(value) => void choose(value)}
        data={[
          { value: 'any', label: words.attempts.any },
          { value: 'refused', label: words.attempts.refused },
          { value: 'accepted', label: words.attempts.accepted },
        ]}
      />
    </search>
  );
}

interface ListProps {
  search: { reference?: string; outcome?: 'accepted' | 'refused' };
  onChoose: (attempt: Attempt) => void;
}

function AttemptList({ search, onChoose }: ListProps) {
  const attempts = useInfiniteQuery({
    queryKey: ['attempts', search],
    queryFn: ({ pageParam }) =>
      workspaceApi.attempts(pageParam === '' ? search : { ...search, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
  if (attempts.isPending) return <Loading />;
  if (attempts.isError && !attempts.data) {
    return <LoadFailed text={words.attempts.failed} onRetry={() => void attempts.refetch()} />;
  }
  const items = attempts.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return <Nothing filtered={Object.keys(search).length > 0} />;
  return (
    <div className="attempts-list">
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
