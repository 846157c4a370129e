import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { supervisionApi } from '../api/supervision-api.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';

const REFRESH_MS = 2000;

/** Queues and agents, read every two seconds, and at once when the live feed tells of a change. */
export function useSupervision() {
  const watched = useQuery({
    queryKey: ['supervision'],
    queryFn: supervisionApi.supervision,
    refetchInterval: REFRESH_MS,
    refetchOnMount: 'always',
    retry: false,
  });
  const conversations = useWorkspaceState((state) => state.conversations);
  const queues = useWorkspaceState((state) => state.queues);
  const agents = useWorkspaceState((state) => state.agents);
  const { refetch } = watched;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each is a sign that something changed
  useEffect(() => {
    // One reading at a time: what is under way is not thrown away for the next
    void refetch({ cancelRefetch: false });
  }, [refetch, conversations, queues, agents]);
  return watched;
}
