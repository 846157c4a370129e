import type { Attempt } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { mayReadAttempts } from '../shell/roles.ts';
import { words } from '../strings/words.ts';
import { AttemptDetail } from './attempt-detail.tsx';
import { AttemptFilters } from './attempt-filters.tsx';
import { AttemptList } from './attempt-list.tsx';
import { TryTokenDialog } from './try-token-dialog.tsx';
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
  const search = useSearch({ from: '/administration/attempts' });
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
      <AttemptList filter={search} scroller={scroller} onChoose={setChosen}>
        <Nothing filtered={Object.keys(search).length > 0} />
      </AttemptList>
      <AttemptDetail attempt={chosen} onClose={() => setChosen(null)} />
      <TryTokenDialog opened={trying} onClose={() => setTrying(false)} />
    </main>
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
