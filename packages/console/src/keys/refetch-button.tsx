import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { workspaceApi } from '../api/workspace-api.ts';
import { settingsKey } from '../attempts/use-settings.ts';
import { words } from '../strings/words.ts';

const { keys: w } = words;

/** Fetches the keys of a setting now, and says how that went. */
export function RefetchButton({ id }: { id: string }) {
  const client = useQueryClient();
  const refetch = useMutation({
    mutationFn: () => workspaceApi.refetchKeys(id),
    onSettled: () => client.invalidateQueries({ queryKey: settingsKey }),
  });
  const problems = refetch.data?.problems ?? [];
  const wentWell = refetch.isSuccess && problems.length === 0;
  return (
    <div className="refetch">
      <Button
        variant="default"
        size="xs"
        leftSection={<IconRefresh size={14} stroke={1.75} aria-hidden />}
        title={w.refetchHint}
        loading={refetch.isPending}
        onClick={() => refetch.mutate()}
      >
        {w.refetch}
      </Button>
      <p className="secondary" role="status">
        {wentWell ? w.refetched : ''}
      </p>
      {refetch.isError ? (
        <p className="key-problem" role="alert">
          {w.refetchFailed}
        </p>
      ) : null}
      {problems.map(({ url, problem }) => (
        <p key={url} className="key-problem" role="alert">
          {w.refetchProblem(url, problem)}
        </p>
      ))}
    </div>
  );
}
