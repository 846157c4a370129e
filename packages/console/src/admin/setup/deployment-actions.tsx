import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { administrationApi } from '../../api/administration-api.ts';
import { RequestError } from '../../api/request.ts';
import { useWorkspaceState } from '../../live/use-workspace.ts';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { entriesKey } from '../object/use-entry.ts';
import { NextButton } from './next-button.tsx';

const { setup: w } = adminWords;

/** A deployment with what there is; where there is no workstream yet, that first, in one go. */
export function DeploymentActions(props: { configuration: string | undefined; isNext: boolean }) {
  const { configuration, isNext } = props;
  const workstreams = useQuery({
    queryKey: [...entriesKey, 'workstreams', 'first'],
    queryFn: () => administrationApi.entries('workstreams'),
  });
  if (!workstreams.data) return null;
  const workstream = workstreams.data.items.find(({ object }) => object.channel === 'web')?.name;
  if (workstream === undefined) return <MakeDefaults isNext={isNext} />;
  return (
    <NextButton
      section="deployments"
      isNext={isNext}
      search={{ workstream, ...(configuration === undefined ? {} : { configuration }) }}
    >
      {w.actions.deployment}
    </NextButton>
  );
}

function MakeDefaults({ isNext }: { isNext: boolean }) {
  const client = useQueryClient();
  const me = useWorkspaceState((state) => state.me);
  const make = useMutation({
    mutationFn: async () => {
      const queue = await queueFor(me.email);
      await administrationApi.create('workstreams', {
        name: w.newWorkstream,
        routeToQueue: [],
        fallbackQueue: queue,
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: entriesKey }),
  });
  return (
    <div className="setting-test">
      <p className="secondary">{w.makeDefaultsHint(w.newQueue, w.newWorkstream)}</p>
      <Button
        variant={isNext ? 'filled' : 'default'}
        loading={make.isPending}
        onClick={() => make.mutate()}
      >
        {w.makeDefaults}
      </Button>
      {make.isError ? (
        <p className="screen-problem" role="alert">
          {(make.error instanceof RequestError && make.error.detail) || w.makeFailed}
        </p>
      ) : null}
    </div>
  );
}

/** The first queue that there is, else a new one with this person in it. Its name. */
async function queueFor(email: string): Promise<string> {
  const { items } = await administrationApi.entries('queues', { limit: 1 });
  const [queue] = items;
  if (queue) return queue.name;
  const made = await administrationApi.create('queues', { name: w.newQueue, members: [email] });
  return made.name;
}
