import { Button, Skeleton } from '@mantine/core';
import { IconMoodCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { words } from '../strings/words.ts';
import type { View } from './view.ts';
import './list-states.css';

const placeholders = ['a', 'b', 'c', 'd', 'e', 'f'];

export function ListLoading() {
  return (
    <div className="rows" role="status" aria-label={words.list.loading}>
      {placeholders.map((key) => (
        <div className="row-loading" key={key}>
          <Skeleton height={36} circle />
          <div>
            <Skeleton height={12} width="55%" />
            <Skeleton height={12} width="90%" />
            <Skeleton height={10} width="40%" />
          </div>
        </div>
      ))}
    </div>
  );
}

export function ListFailed() {
  const workspace = useWorkspace();
  return <LoadFailed text={words.list.failed} onRetry={() => void workspace.inbox.retry()} />;
}

/** What an empty view means, and what to do next. */
export function ListEmpty({ view }: { view: View }) {
  if (view.kind === 'mine') return <NothingMine />;
  if (view.kind === 'unassigned') {
    return <Calm title={words.list.emptyUnassigned} hint={words.list.emptyUnassignedHint} />;
  }
  if (view.kind === 'all') {
    return <Calm title={words.list.emptyAll} hint={words.list.emptyAllHint} />;
  }
  return (
    <Calm title={words.list.emptyFilter} hint={words.list.emptyFilterHint}>
      <ToView view="all" label={words.list.showAll} />
    </Calm>
  );
}

function NothingMine() {
  const workspace = useWorkspace();
  const chosen = useWorkspaceState((state) => state.me.chosen ?? state.me.presence);
  if (chosen === 'available' || chosen === 'busy') {
    return (
      <Calm title={words.list.emptyMine} hint={words.list.emptyMineHint}>
        <ToView view="unassigned" label={words.list.showUnassigned} />
      </Calm>
    );
  }
  const becomeAvailable = () => workspace.setPresence('available').catch(() => {});
  return (
    <Calm title={words.list.emptyMine} hint={words.list.emptyMineOffline}>
      <Button variant="default" onClick={() => void becomeAvailable()}>
        {words.list.becomeAvailable}
      </Button>
    </Calm>
  );
}

function ToView({ view, label }: { view: string; label: string }) {
  return (
    <Link to="/inbox/$view" params={{ view }}>
      {label}
    </Link>
  );
}

function Calm(props: { title: string; hint: string; children?: ReactNode }) {
  return (
    <div className="state">
      <IconMoodCheck size={28} stroke={1.5} aria-hidden />
      <strong>{props.title}</strong>
      <p>{props.hint}</p>
      {props.children}
    </div>
  );
}
