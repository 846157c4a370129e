import type { WebhookStatus } from '@countersign/protocol';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { words } from '../../strings/words.ts';
import { webhookHealth } from './webhook-health.ts';
import './webhooks.css';

const { webhooks: w } = words;

const looks = {
  healthy: { Icon: IconCircleCheck, level: 'good' },
  failing: { Icon: IconAlertTriangle, level: 'bad' },
  unused: { Icon: IconCircleDashed, level: 'none' },
};

export function WebhookHealthSign({ webhook }: { webhook: WebhookStatus }) {
  const health = webhookHealth(webhook);
  const { Icon, level } = looks[health];
  return (
    <span className={`webhook-health level-${level}`}>
      <Icon size={16} stroke={1.75} aria-hidden /> {w[health]}
    </span>
  );
}
