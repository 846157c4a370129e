import { QueryClient } from '@tanstack/react-query';
import { RequestError, whenSignedOut } from './api/request.ts';

const worthRetrying = (error: Error): boolean =>
  !(error instanceof RequestError) || error.status === 0 || error.status >= 500;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && worthRetrying(error),
      staleTime: 10_000,
      refetchOnWindowFocus: false,
    },
  },
});

/** Once the node is back: what could not be read while it was away is read without being asked. */
export const readFailedAgain = (): Promise<void> =>
  queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' });

export const meKey = ['me'] as const;

/** From any call that says 401, the console goes to the sign-in screen and keeps its address. */
whenSignedOut(() => queryClient.setQueryData(meKey, null));
