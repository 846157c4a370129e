import type { WebhookDelivery } from '@countersign/protocol';
import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { supervisionApi } from '../../api/supervision-api.ts';
import { LoadFailed } from '../../shell/load-failed.tsx';
import { words } from '../../strings/words.ts';
import { type Column, SortableTable } from '../../table/sortable-table.tsx';
import { absolute, moment } from '../../time/format-time.ts';
import { useNow } from '../../time/use-now.ts';

const REFRESH_MS = 5000;
const { webhooks: w } = words;

/** What was sent to one webhook, the newest first. */
export function Deliveries({ webhook, url }: { webhook: string; url: string }) {
  const now = useNow(60_000);
  const client = useQueryClient();
  const resend = useMutation({
    mutationFn: supervisionApi.sendAgain,
    onSuccess: () => client.invalidateQueries({ queryKey: ['deliveries', webhook] }),
  });
  const deliveries = useInfiniteQuery({
    queryKey: ['deliveries', webhook],
    queryFn: ({ pageParam }) => supervisionApi.deliveries(webhook, pageParam ?? undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    refetchInterval: REFRESH_MS,
  });
  if (deliveries.isPending) return <Skeleton height={120} />;
  if (!deliveries.data) {
    return <LoadFailed text={w.deliveriesFailed} onRetry={() => void deliveries.refetch()} />;
  }
  const rows = deliveries.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <p className="secondary">{w.noDeliveries}</p>;
  return (
    <>
      <p className="secondary" role="status">
        {resend.isSuccess ? w.resent : ''}
      </p>
      {resend.isError ? (
        <p className="screen-problem" role="alert">
          {w.resendFailed}
        </p>
      ) : null}
      <SortableTable
        label={w.deliveriesOf(url)}
        columns={columnsAt(now, (id) => resend.mutate(id))}
        rows={rows}
        keyOf={({ id }) => id}
      />
      {deliveries.hasNextPage ? (
        <Button variant="default" onClick={() => void deliveries.fetchNextPage()}>
          {w.more}
        </Button>
      ) : null}
    </>
  );
}

const columnsAt = (now: number, onResend: (id: string) => void): Column<WebhookDelivery>[] => [
  { name: w.event, value: ({ event }) => event, cell: ({ event }) => <strong>{event}</strong> },
  {
    name: w.created,
    value: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Time at={createdAt} now={now} />,
  },
  {
    name: w.state,
    value: ({ state }) => state,
    cell: ({ state }) => <span className={`level-${levels[state]}`}>{w.states[state]}</span>,
  },
  { name: w.tries, value: ({ tries }) => tries, cell: ({ tries }) => tries, numeric: true },
  {
    name: w.next,
    value: ({ nextTryAt }) => nextTryAt ?? '',
    cell: ({ nextTryAt }) => (nextTryAt ? <Time at={nextTryAt} now={now} /> : '–'),
  },
  { name: w.answer, value: null, cell: (delivery) => <Answer delivery={delivery} /> },
  {
    name: w.resend,
    value: null,
    cell: ({ id, event, createdAt }) => (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={w.resendOf(event, absolute(createdAt))}
        onClick={() => onResend(id)}
      >
        {w.resend}
      </Button>
    ),
  },
];

const levels = { pending: 'warning', delivered: 'good', failed: 'bad' };

const Time = ({ at, now }: { at: string; now: number }) => (
  <time dateTime={at} title={absolute(at)}>
    {moment(at, now)}
  </time>
);

function Answer({
  delivery: { lastStatus, lastError, durationMs },
}: {
  delivery: WebhookDelivery;
}) {
  const answer = [lastStatus, lastError].filter((part) => part !== undefined).join(' ');
  if (answer === '') return <span className="secondary">{w.noAnswer}</span>;
  return (
    <>
      {answer}
      {durationMs === undefined ? null : (
        <span className="secondary"> {w.took(Math.round(durationMs))}</span>
      )}
    </>
  );
}
