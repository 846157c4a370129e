import { Report } from '@countersign/protocol';
import { type Static, Type } from 'typebox';
import type { OpenedOutcome, OpenedVolume, ReportRange } from '../conversations/index.ts';
import type { WorkspaceParts } from './index.ts';
import { time } from './present.ts';
import { reportCsv } from './report-csv.ts';
import { ReportQuery, reportRange } from './report-range.ts';
import { requireSupervisor } from './staff.ts';

const tags = ['Supervision'];
type Bucket = Report['buckets'][number];

/** How the time went, as JSON and as a table for a spreadsheet. */
export function reportRoutes(parts: WorkspaceParts): void {
  const { http, identify, conversations, identity, clock } = parts;

  http.get(
    '/api/reports',
    { schema: { tags, querystring: ReportQuery, response: { 200: Report } } },
    async (request) => {
      await requireSupervisor(identify, request);
      return report(request.query);
    },
  );

  http.get(
    '/api/reports.csv',
    { schema: { tags, querystring: ReportQuery, response: { 200: Type.String() } } },
    async (request, reply) => {
      await requireSupervisor(identify, request);
      const found = await report(request.query);
      const name = `report-${found.from.slice(0, 10)}-${found.to.slice(0, 10)}.csv`;
      reply.header('content-disposition', `attachment; filename="${name}"`);
      reply.header('cache-control', 'no-store');
      reply.type('text/csv; charset=utf-8');
      // The serialiser of the schema would make a JSON text of it
      reply.serializer((text: string) => text);
      return reportCsv(found);
    },
  );

  async function report(query: Static<typeof ReportQuery>): Promise<Report> {
    const range = reportRange(query, clock.now());
    const [volumes, outcomes, refused] = await Promise.all([
      conversations.volumes(range),
      conversations.outcomes(range),
      identity.refusedAttempts(range),
    ]);
    const refusedAt = new Map(refused.map(({ at, count }) => [at, count]));
    const outcomeAt = new Map(outcomes.map((outcome) => [outcome.at, outcome]));
    const volumesAt = Map.groupBy(volumes, ({ at }) => at);
    const buckets = startsOf(range).map((at) => ({
      at: time(at),
      ...volumeOf(volumesAt.get(at) ?? []),
      ...outcomeOf(outcomeAt.get(at)),
      refusedAttempts: refusedAt.get(at) ?? 0,
    }));
    return { from: time(range.from), to: time(range.to), bucket: query.bucket, buckets };
  }

  function volumeOf(volumes: OpenedVolume[]): Pick<Bucket, 'opened' | 'byQueue' | 'byIdentity'> {
    const byQueue: Bucket['byQueue'] = {};
    const byIdentity = { anonymous: 0, claimed: 0, verified: 0, lapsed: 0 };
    let opened = 0;
    for (const { queueId, identity: state, count } of volumes) {
      const name = queueName(queueId);
      byQueue[name] = (byQueue[name] ?? 0) + count;
      byIdentity[state] += count;
      opened += count;
    }
    return { opened, byQueue, byIdentity };
  }

  function queueName(id: string | null): string {
    if (id === null) return 'No queue';
    return parts.configuration.current().queues.get(id)?.name ?? 'Deleted queue';
  }
}

function startsOf({ from, to, bucketMs }: ReportRange): number[] {
  return Array.from({ length: (to - from) / bucketMs }, (_, index) => from + index * bucketMs);
}

const outcomeOf = (
  outcome: OpenedOutcome | undefined,
): Pick<Bucket, 'waitSeconds' | 'handleSeconds' | 'abandoned' | 'rating'> => ({
  waitSeconds: outcome?.wait ?? null,
  handleSeconds: outcome?.handle ?? null,
  abandoned: outcome?.abandoned ?? 0,
  rating: outcome?.rating ?? null,
});
