import { useQuery } from '@tanstack/react-query';
import { workspaceApi } from '../api/workspace-api.ts';

export const settingsKey = ['authentication-settings'] as const;

/** The authentication settings with their health; `refetchEveryMs` where the health is looked at. */
export const useSettings = (refetchEveryMs?: number) =>
  useQuery({
    queryKey: settingsKey,
    queryFn: () => workspaceApi.authenticationSettings(),
    ...(refetchEveryMs === undefined
      ? {}
      : { refetchInterval: refetchEveryMs, refetchOnMount: 'always' as const }),
  });
