import { useQuery } from '@tanstack/react-query';
import { workspaceApi } from '../api/workspace-api.ts';
import { words } from '../strings/words.ts';

export interface Choice {
  value: string;
  label: string;
}

export interface Targets {
  /** Null: being read. Those who are offline are left out. */
  agents: Choice[] | null;
  queues: Choice[] | null;
  failed: boolean;
  retry: () => void;
}

/** Where conversations can go, read once it is asked for. */
export function useTargets(enabled: boolean, without: readonly string[] = []): Targets {
  const queues = useQuery({
    queryKey: ['transfer-queues'],
    queryFn: workspaceApi.transferQueues,
    enabled,
  });
  const agents = useQuery({ queryKey: ['agents'], queryFn: workspaceApi.agents, enabled });
  const here = agents.data?.items.filter(
    ({ id, presence }) => presence !== 'offline' && !without.includes(id),
  );
  return {
    failed: queues.isError || agents.isError,
    retry: () => void Promise.all([queues.refetch(), agents.refetch()]),
    queues:
      queues.data?.items.map(({ name, open, waiting }) => ({
        value: name,
        label: words.transfer.queueLine(name, open, waiting),
      })) ?? null,
    agents:
      here?.map(({ id, name, presence, load, capacity }) => ({
        value: id,
        label: words.transfer.agentLine(name, words.presence[presence], load, capacity),
      })) ?? null,
  };
}
