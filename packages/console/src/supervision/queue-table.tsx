import type { Supervision } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { words } from '../strings/words.ts';
import { type Column, SortableTable } from '../table/sortable-table.tsx';
import { duration } from '../time/format-time.ts';
import { isDeserted, waitLevel } from './wait-level.ts';

const { supervision: w } = words;

type Queue = Supervision['queues'][number];

interface Props {
  queues: Queue[];
  onAssign: (queue: string) => void;
}

export function QueueTable({ queues, onAssign }: Props) {
  return (
    <SortableTable
      label={w.queues}
      columns={[...figures, assigning(onAssign)]}
      rows={queues}
      keyOf={({ id }) => id}
    />
  );
}

const count = (name: string, value: (queue: Queue) => number): Column<Queue> => ({
  name,
  value,
  cell: value,
  numeric: true,
});

const figures: Column<Queue>[] = [
  {
    name: w.queue,
    value: ({ name }) => name,
    cell: ({ name }) => (
      <Link to="/inbox/$view" params={{ view: 'queue' }} search={{ name }}>
        {name}
      </Link>
    ),
  },
  {
    name: w.hours,
    value: ({ open }) => (open ? 0 : 1),
    cell: ({ open }) => (open ? w.open : <span className="level-warning">{w.closed}</span>),
  },
  count(w.waiting, ({ waiting }) => waiting),
  {
    name: w.longestWait,
    value: ({ longestWaitSeconds }) => longestWaitSeconds,
    cell: (queue) => <Wait queue={queue} />,
    numeric: true,
  },
  count(w.offered, ({ offered }) => offered),
  count(w.active, ({ active }) => active),
  count(w.wrapUp, ({ wrapUp }) => wrapUp),
  {
    name: w.available,
    value: ({ agentsAvailable }) => agentsAvailable,
    cell: (queue) => <Available queue={queue} />,
    numeric: true,
  },
];

const assigning = (onAssign: (queue: string) => void): Column<Queue> => ({
  name: w.assign,
  value: null,
  cell: ({ name, waiting }) => (
    <Button
      size="compact-sm"
      variant="default"
      disabled={waiting === 0}
      aria-label={w.assignIn(name)}
      onClick={() => onAssign(name)}
    >
      {w.assign}
    </Button>
  ),
});

function Wait({ queue }: { queue: Queue }) {
  if (queue.waiting === 0) return '–';
  const level = waitLevel(queue.longestWaitSeconds);
  const word = { good: '', warning: w.long, bad: w.tooLong }[level];
  return (
    <span className={`level-${level}`}>
      {duration(queue.longestWaitSeconds * 1000)} {word}
    </span>
  );
}

function Available({ queue }: { queue: Queue }) {
  const text = w.ofAgents(queue.agentsAvailable, queue.agents);
  if (!isDeserted(queue)) return text;
  return (
    <span className="level-bad">
      {text}, {w.nobody}
    </span>
  );
}
