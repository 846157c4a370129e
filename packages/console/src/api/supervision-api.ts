import type {
  Conversation,
  DryRun,
  DryRunRequest,
  Report,
  Supervision,
  WebhookDelivery,
  WebhookStatus,
} from '@countersign/protocol';
import { query, request } from './request.ts';
import type { Page } from './workspace-api.ts';

export interface DeploymentChoice {
  id: string;
  name: string;
  workstream: string;
  setting: { id: string; name: string } | null;
}

/** `from` and `to` in ISO 8601. */
export interface ReportRange {
  from: string;
  to: string;
  bucket: Report['bucket'];
}

const webhookPath = (id: string, action: string): string =>
  `/api/webhooks/${encodeURIComponent(id)}/${action}`;

/** What supervisors, administrators and developers call. All throw `RequestError`. */
export const supervisionApi = {
  supervision: () => request<Supervision>('GET', '/api/supervision'),
  waitingIn: (queue: string) =>
    request<Page<Conversation>>(
      'GET',
      `/api/conversations${query({ queue, state: 'waiting', limit: 50 })}`,
    ),
  assign: (conversation: string, agent: string) =>
    request<Conversation>('POST', `/api/conversations/${encodeURIComponent(conversation)}/assign`, {
      agent,
    }),
  report: (range: ReportRange) => request<Report>('GET', `/api/reports${query({ ...range })}`),
  deployments: () => request<Page<DeploymentChoice>>('GET', '/api/deployments'),
  dryRun: (asked: DryRunRequest) => request<DryRun>('POST', '/api/routing/dry-run', asked),
  webhooks: () => request<Page<WebhookStatus>>('GET', '/api/webhooks'),
  deliveries: (webhook: string, cursor?: string) =>
    request<Page<WebhookDelivery>>(
      'GET',
      webhookPath(webhook, `deliveries${query({ cursor, limit: 50 })}`),
    ),
  sendTest: (webhook: string) => request<unknown>('POST', webhookPath(webhook, 'test')),
  sendAgain: (delivery: string) =>
    request<unknown>('POST', `/api/webhook-deliveries/${encodeURIComponent(delivery)}/resend`),
};

/** Where the browser itself downloads a report. */
export const reportCsvPath = (range: ReportRange): string =>
  `/api/reports.csv${query({ ...range })}`;
