import type { SetupStep } from '@countersign/protocol';
import type { Queue, Workstream } from '../../configuration/index.ts';
import { queuesOf } from '../queues-of.ts';
import type { SetupFacts } from '../read-facts.ts';
import { named, reference, step } from '../step.ts';

/** Somebody is there who gets what these customers write. */
export function agentsStep({ workstreams, snapshot, agents }: SetupFacts): SetupStep {
  if (workstreams.length === 0)
    return step('agents', 'todo', 'There is no deployment yet whose customers agents could serve.');
  const reached = workstreams.map((workstream) => ({
    workstream,
    queues: queuesOf(workstream, snapshot),
  }));
  const queues = [...new Set(reached.flatMap((each) => each.queues))];
  const members = [...new Set(queues.flatMap((queue) => queue.members))].flatMap(
    (id) => snapshot.users.get(id) ?? [],
  );
  if (members.length === 0) return noMembers(workstreams, queues);
  const available = members.filter(({ id }) => isAvailable(agents.get(id)?.presence));
  const objects = [
    ...queues.filter((queue) => queue.members.length > 0).map((q) => reference('queues', q)),
    ...members.map(({ id, email }) => reference('users', { id, name: email })),
  ];
  if (available.length > 0)
    return step(
      'agents',
      'done',
      `${named(available)} ${isAre(available)} available now.`,
      objects,
    );
  return step(
    'agents',
    'doing',
    `${named(members)} ${isAre(members)} in the queues that ${named(workstreams)} reaches, but nobody is available now: ${whyNot(members, agents)}.`,
    objects,
  );
}

const noMembers = (workstreams: Workstream[], queues: Queue[]): SetupStep =>
  step(
    'agents',
    'todo',
    `No queue that ${named(workstreams)} reaches has a member.`,
    queues.map((queue) => reference('queues', queue)),
  );

/** Who is busy has room left. */
const isAvailable = (presence: string | undefined): boolean =>
  presence === 'available' || presence === 'busy';

const isAre = (items: readonly unknown[]): string => (items.length === 1 ? 'is' : 'are');

const WORDS: Record<string, string> = {
  away: 'away',
  dnd: 'without free capacity, or not to be disturbed',
};

function whyNot(members: readonly { id: string }[], agents: SetupFacts['agents']): string {
  const presences = members.map(({ id }) => WORDS[agents.get(id)?.presence ?? ''] ?? 'offline');
  const counted = [...new Set(presences)].map(
    (word) => `${presences.filter((each) => each === word).length} ${word}`,
  );
  return counted.join(', ');
}
