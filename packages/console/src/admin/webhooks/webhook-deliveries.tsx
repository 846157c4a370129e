import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { supervisionApi } from '../../api/supervision-api.ts';
import { Facts } from '../../customer/facts.tsx';
import { words } from '../../strings/words.ts';
import { absolute, moment } from '../../time/format-time.ts';
import { useNow } from '../../time/use-now.ts';
import { Deliveries } from './deliveries.tsx';
import { useWebhookStatus } from './use-webhook-status.ts';

const { webhooks: w } = words;

/** What was sent to one webhook, with a way to send a test event. */
export function WebhookDeliveries({ id, url }: { id: string; url: string }) {
  return (
    <section className="screen-card">
      <Status id={id} />
      <SendTest id={id} />
      <Deliveries webhook={id} url={url} />
    </section>
  );
}

function Status({ id }: { id: string }) {
  const now = useNow(60_000);
  const status = useWebhookStatus(id);
  if (!status) return null;
  const timed = (at: string | undefined) => ({
    value: at ? moment(at, now) : w.never,
    hint: at ? absolute(at) : undefined,
  });
  return (
    <Facts
      rows={[
        { name: w.lastSuccess, ...timed(status.lastSuccess) },
        { name: w.lastFailure, ...timed(status.lastFailure) },
        { name: w.pending, value: String(status.pending) },
      ]}
    />
  );
}

function SendTest({ id }: { id: string }) {
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => supervisionApi.sendTest(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['deliveries', id] }),
  });
  return (
    <div className="screen-bar">
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        {w.test}
      </Button>
      <p className="secondary" role="status">
        {test.isSuccess ? w.tested : ''}
      </p>
      {test.isError ? (
        <p className="screen-problem" role="alert">
          {w.testFailed}
        </p>
      ) : null}
    </div>
  );
}
