import type { WebhookStatus } from '@countersign/protocol';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { supervisionApi } from '../api/supervision-api.ts';
import { Facts } from '../customer/facts.tsx';
import { words } from '../strings/words.ts';
import { absolute, moment } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { Deliveries } from './deliveries.tsx';
import { webhookHealth } from './webhook-health.ts';

const { webhooks: w } = words;

export function WebhookCard({ webhook }: { webhook: WebhookStatus }) {
  const now = useNow(60_000);
  const [opened, setOpened] = useState(false);
  const { id, url, events, lastSuccess, lastFailure, pending } = webhook;
  const heading = `webhook-${id}`;
  const timed = (at: string | undefined) => ({
    value: at ? moment(at, now) : w.never,
    hint: at ? absolute(at) : undefined,
  });
  return (
    <section className="screen-card" aria-labelledby={heading}>
      <header className="webhook-header">
        <h2 id={heading} className="webhook-url">
          {url}
        </h2>
        <Health webhook={webhook} />
      </header>
      <Facts
        rows={[
          { name: w.events, value: events.join(', ') },
          { name: w.lastSuccess, ...timed(lastSuccess) },
          { name: w.lastFailure, ...timed(lastFailure) },
          { name: w.pending, value: String(pending) },
        ]}
      />
      <Actions id={id} opened={opened} onOpen={() => setOpened(!opened)} />
      {opened ? <Deliveries webhook={id} url={url} /> : null}
    </section>
  );
}

const looks = {
  healthy: { Icon: IconCircleCheck, level: 'good' },
  failing: { Icon: IconAlertTriangle, level: 'bad' },
  unused: { Icon: IconCircleDashed, level: 'none' },
};

function Health({ webhook }: { webhook: WebhookStatus }) {
  const health = webhookHealth(webhook);
  const { Icon, level } = looks[health];
  return (
    <span className={`webhook-health level-${level}`}>
      <Icon size={16} stroke={1.75} aria-hidden /> {w[health]}
    </span>
  );
}

interface ActionsProps {
  id: string;
  opened: boolean;
  onOpen: () => void;
}

function Actions({ id, opened, onOpen }: ActionsProps) {
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => supervisionApi.sendTest(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['deliveries', id] }),
  });
  return (
    <div className="screen-bar">
      <Button variant="default" aria-expanded={opened} onClick={onOpen}>
        {w.showDeliveries}
      </Button>
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
