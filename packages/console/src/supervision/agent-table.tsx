import type { Supervision } from '@countersign/protocol';
import { words } from '../strings/words.ts';
import { type Column, SortableTable } from '../table/sortable-table.tsx';

const { supervision: w } = words;

type Agent = Supervision['agents'][number];

export function AgentTable({ agents }: { agents: Agent[] }) {
  return <SortableTable label={w.agents} columns={columns} rows={agents} keyOf={({ id }) => id} />;
}

const order: Agent['presence'][] = ['available', 'busy', 'dnd', 'away', 'offline'];

const share = ({ load, capacity }: Agent): number => (capacity > 0 ? load / capacity : 0);

const columns: Column<Agent>[] = [
  { name: w.agent, value: ({ name }) => name, cell: ({ name }) => <strong>{name}</strong> },
  {
    name: w.presence,
    value: ({ presence }) => order.indexOf(presence),
    cell: (agent) => <PresenceOf agent={agent} />,
  },
  { name: w.capacity, value: share, cell: (agent) => <CapacityBar agent={agent} /> },
  {
    name: w.has,
    value: ({ active, offered, wrapUp }) => active + offered + wrapUp,
    cell: ({ active, offered, wrapUp }) => w.hasWhat(active, offered, wrapUp),
  },
  {
    name: w.memberOf,
    value: ({ queues }) => queues.length,
    cell: ({ queues }) => <span className="secondary">{queues.join(', ') || '–'}</span>,
  },
];

function PresenceOf({ agent: { presence, chosen } }: { agent: Agent }) {
  return (
    <span className="supervision-presence">
      <span className={`presence-dot presence-${presence}`} />
      <span>
        {words.presence[presence]}
        {chosen === presence ? null : (
          <span className="secondary"> {w.chosen(words.presence[chosen])}</span>
        )}
      </span>
    </span>
  );
}

function CapacityBar({ agent }: { agent: Agent }) {
  const { load, capacity } = agent;
  const isFull = capacity > 0 && load >= capacity;
  return (
    <>
      <span className="capacity-bar" aria-hidden="true">
        <span
          className={isFull ? 'capacity-full' : ''}
          style={{ width: `${Math.min(1, share(agent)) * 100}%` }}
        />
      </span>
      <span className="secondary">
        {w.inUse(load, capacity)}
        {isFull ? <span className="level-warning">, {w.full}</span> : null}
      </span>
    </>
  );
}
