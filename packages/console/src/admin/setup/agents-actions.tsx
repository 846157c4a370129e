import type { ObjectReference } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { administrationApi } from '../../api/administration-api.ts';
import { RequestError } from '../../api/request.ts';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { entriesKey } from '../object/use-entry.ts';

const { setup: w } = adminWords;

/** Where the conversation that was just begun is answered. */
export function InboxButton({ isNext = false }: { isNext?: boolean }) {
  return (
    <Button
      variant={isNext ? 'filled' : 'default'}
      renderRoot={(props) => <Link to="/inbox/$view" params={{ view: 'unassigned' }} {...props} />}
    >
      {w.answer}
    </Button>
  );
}

/** Whoever sets it up may be the first to answer. */
export function JoinQueue({ queue, isNext }: { queue: ObjectReference; isNext: boolean }) {
  const client = useQueryClient();
  const me = useWorkspaceState((state) => state.me);
  const join = useMutation({
    mutationFn: async () => {
      const entry = await administrationApi.entry('queues', queue.id);
      const members = [...entry.object.members, me.email];
      const object = { ...entry.object, members };
      await administrationApi.replace('queues', queue.id, object, entry.version);
    },
    onSettled: () => client.invalidateQueries({ queryKey: entriesKey }),
  });
  return (
    <>
      <Button
        variant={isNext ? 'filled' : 'default'}
        loading={join.isPending}
        onClick={() => join.mutate()}
      >
        {w.joinQueue(queue.name)}
      </Button>
      {join.isError ? (
        <p className="screen-problem" role="alert">
          {(join.error instanceof RequestError && join.error.detail) || w.joinFailed}
        </p>
      ) : null}
    </>
  );
}
