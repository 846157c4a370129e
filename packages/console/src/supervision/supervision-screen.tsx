import type { Supervision } from '@countersign/protocol';
import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { supervises } from '../shell/roles.ts';
import { Screen } from '../shell/screen.tsx';
import { words } from '../strings/words.ts';
import { clock } from '../time/format-time.ts';
import { AgentTable } from './agent-table.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { QueueTable } from './queue-table.tsx';
import { useSupervision } from './use-supervision.ts';
import './supervision.css';

const { supervision: w } = words;

/** What a supervisor watches: queues and agents, now. */
export function SupervisionScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  return (
    <Screen title={w.title} lead={w.lead} refusal={supervises(roles) ? null : w.notAllowed}>
      <Watch />
    </Screen>
  );
}

function Watch() {
  const watched = useSupervision();
  const [queue, setQueue] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  if (watched.data) {
    const { at, queues, agents } = watched.data;
    return (
      <>
        <Freshness at={at} stale={watched.isError || watched.isPaused} />
        <p role="status">{said}</p>
        <Queues queues={queues} onAssign={setQueue} />
        <Agents agents={agents} />
        <AssignDialog
          queue={queue}
          agents={agents}
          onClose={() => setQueue(null)}
          onAssigned={(name, agent) => {
            setSaid(w.assigned(name, agent));
            void watched.refetch();
          }}
        />
      </>
    );
  }
  if (watched.isError) {
    return <LoadFailed text={w.failed} onRetry={() => void watched.refetch()} />;
  }
  return (
    <div className="screen-loading" role="status" aria-label={w.loading}>
      <Skeleton height={200} radius={12} />
      <Skeleton height={200} radius={12} />
    </div>
  );
}

function Freshness({ at, stale }: { at: string; stale: boolean }) {
  if (!stale) return <p className="secondary supervision-at">{w.asOf(clock(at))}</p>;
  return (
    <p className="screen-notice" role="alert">
      {w.stale(clock(at))}
    </p>
  );
}

interface QueuesProps {
  queues: Supervision['queues'];
  onAssign: (queue: string) => void;
}

function Queues({ queues, onAssign }: QueuesProps) {
  return (
    <section className="screen-card" aria-labelledby="supervision-queues">
      <h2 id="supervision-queues">{w.queues}</h2>
      {queues.length > 0 ? (
        <QueueTable queues={queues} onAssign={onAssign} />
      ) : (
        <p className="secondary">{w.noQueues}</p>
      )}
    </section>
  );
}

function Agents({ agents }: { agents: Supervision['agents'] }) {
  return (
    <section className="screen-card" aria-labelledby="supervision-agents">
      <h2 id="supervision-agents">{w.agents}</h2>
      {agents.length > 0 ? (
        <AgentTable agents={agents} />
      ) : (
        <p className="secondary">{w.noAgents}</p>
      )}
    </section>
  );
}
