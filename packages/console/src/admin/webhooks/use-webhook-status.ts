import { useQuery } from '@tanstack/react-query';
import { supervisionApi } from '../../api/supervision-api.ts';

const REFRESH_MS = 5000;

/** How the webhooks are doing. */
export const useWebhookStatuses = () =>
  useQuery({
    queryKey: ['webhooks'],
    queryFn: supervisionApi.webhooks,
    refetchInterval: REFRESH_MS,
  });

/** Of one of them; undefined: not known yet. */
export const useWebhookStatus = (id: string) =>
  useWebhookStatuses().data?.items.find((webhook) => webhook.id === id);
