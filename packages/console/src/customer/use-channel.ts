import type { Conversation } from '@countersign/protocol';
import { useQuery } from '@tanstack/react-query';
import { workspaceApi } from '../api/workspace-api.ts';

/** While a request is on its way to Apple only asking tells that it has left. */
const SENDING_MS = 1500;

/** What the customer's channel can bring; of Apple, read again with everything that happens. */
export function useChannel({ id, channel, lastSeq }: Conversation) {
  return useQuery({
    queryKey: ['channel', id, channel === 'apple' ? lastSeq : 0],
    queryFn: () => workspaceApi.channel(id),
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
    refetchInterval: ({ state }) =>
      state.data?.signInRequest?.state === 'sending' ? SENDING_MS : false,
  });
}
