import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { supervisionApi } from '../api/supervision-api.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { administers } from '../shell/roles.ts';
import { Screen } from '../shell/screen.tsx';
import { words } from '../strings/words.ts';
import { WebhookCard } from './webhook-card.tsx';
import './webhooks.css';

const REFRESH_MS = 5000;
const { webhooks: w } = words;

/** Every webhook with its health, and what was delivered to it. */
export function WebhooksScreen() {
  const roles = useWorkspaceState((state) => state.me.roles);
  return (
    <Screen title={w.title} lead={w.lead} refusal={administers(roles) ? null : w.notAllowed}>
      <Webhooks />
    </Screen>
  );
}

function Webhooks() {
  const webhooks = useQuery({
    queryKey: ['webhooks'],
    queryFn: supervisionApi.webhooks,
    refetchInterval: REFRESH_MS,
  });
  if (webhooks.isPending) {
    return (
      <div className="screen-loading" role="status" aria-label={w.loading}>
        <Skeleton height={140} radius={12} />
        <Skeleton height={140} radius={12} />
      </div>
    );
  }
  if (!webhooks.data) {
    return <LoadFailed text={w.failed} onRetry={() => void webhooks.refetch()} />;
  }
  if (webhooks.data.items.length === 0) {
    return (
      <div className="state">
        <strong>{w.none}</strong>
        <p>{w.noneHint}</p>
      </div>
    );
  }
  return webhooks.data.items.map((webhook) => <WebhookCard key={webhook.id} webhook={webhook} />);
}
