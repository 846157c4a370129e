import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';
import { absolute, moment } from '../../time/format-time.ts';
import { useNow } from '../../time/use-now.ts';
import { ObjectList } from '../list/object-list.tsx';
import { useWebhookStatus, useWebhookStatuses } from './use-webhook-status.ts';
import { WebhookHealthSign } from './webhook-health-sign.tsx';

const { webhooks: w } = words;

/** Where events are sent, and whether they arrive. */
export function WebhookList() {
  const statuses = useWebhookStatuses();
  return (
    <ObjectList
      section="webhooks"
      describe={({ object }) => object.events.join(', ')}
      columns={[
        { name: adminWords.webhooks.health, value: null, cell: ({ id }) => <Health id={id} /> },
        { name: w.lastSuccess, value: null, cell: ({ id }) => <Last id={id} what="lastSuccess" /> },
        { name: w.lastFailure, value: null, cell: ({ id }) => <Last id={id} what="lastFailure" /> },
      ]}
    >
      {statuses.isError ? (
        <p className="screen-notice" role="alert">
          {adminWords.webhooks.healthFailed}
        </p>
      ) : null}
    </ObjectList>
  );
}

function Health({ id }: { id: string }) {
  const status = useWebhookStatus(id);
  return status ? <WebhookHealthSign webhook={status} /> : null;
}

function Last({ id, what }: { id: string; what: 'lastSuccess' | 'lastFailure' }) {
  const now = useNow(60_000);
  const at = useWebhookStatus(id)?.[what];
  if (at === undefined) return <span className="secondary">{w.never}</span>;
  return (
    <time dateTime={at} title={absolute(at)}>
      {moment(at, now)}
    </time>
  );
}
