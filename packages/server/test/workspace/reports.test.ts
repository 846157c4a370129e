// Reports against what is stored, as JSON and as CSV.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Report } from '@countersign/protocol';
import { newId } from '../../src/platform/index.ts';
import { GUESTS, type Office, openOffice, type Staff } from './office.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const start = Date.parse('2026-03-02T00:00:00Z');
const range = 'from=2026-03-02T00:00:00Z&to=2026-03-05T00:00:00Z';

let office: Office;
let ines: Staff;
let queues: Map<string, string>;

before(async () => {
  office = await openOffice((configuration) =>
    configuration
      .replace('name: Only Tom,', 'name: "=Only, Tom",')
      .replace('fallbackQueue: Only Tom', 'fallbackQueue: "=Only, Tom"'),
  );
  ines = await office.signIn('ines');
  const { rows } = await office.node.database.pool.query<{ id: string; name: string }>(
    `select id, name from configuration_objects where kind = 'queues'`,
  );
  queues = new Map(rows.map(({ name, id }) => [name, id]));
  await seed();
});
after(() => office.close());

interface Seeded {
  at: number;
  queue: string | null;
  identity?: string;
  /** Seconds after the opening. */
  assigned?: number;
  ended?: number;
  endedBy?: string;
  rating?: number;
}

async function seed(): Promise<void> {
  const guests = queues.get('Guests') ?? '';
  const onlyTom = queues.get('=Only, Tom') ?? '';
  for (let n = 1; n <= 100; n += 1) {
    await opened({ at: start + n, queue: guests, assigned: n, ended: n + 60, endedBy: 'agent' });
  }
  const second = start + DAY_MS;
  const verified = { identity: 'verified', queue: onlyTom };
  await opened({
    at: second,
    ...verified,
    assigned: 10,
    ended: 130,
    endedBy: 'customer',
    rating: 4,
  });
  await opened({ at: second + 1, ...verified, ended: 5, endedBy: 'customer' });
  await opened({ at: second + 2, ...verified, ended: 5, endedBy: 'system', rating: 5 });
  await opened({ at: second + DAY_MS - 1, queue: newId() });
  await opened({ at: second - 1, queue: null });
  await opened({ at: start - 1, queue: guests });
  await opened({ at: start + 3 * DAY_MS, queue: guests });
}

async function opened({ at, queue, identity = 'anonymous', ...row }: Seeded): Promise<void> {
  const later = (seconds?: number) => (seconds === undefined ? null : at + seconds * 1000);
  await office.node.database.pool.query(
    `insert into conversations (id, last_seq, last_at, customer_seq, identity_state, state, owner_key,
       channel, deployment_id, workstream_id, queue_id, capacity, identity, context, opened_at,
       changed_at, link, assigned_at, ended_at, ended_by, rating)
     values ($1::uuid, 0, $2, 0, $3, 'closed', $1::uuid::text, 'web', $4, 'w', $5, 1, '{}', '[]', $2, $2, '', $6, $7, $8, $9)`,
    [
      newId(),
      at,
      identity,
      GUESTS,
      queue,
      later(row.assigned),
      later(row.ended),
      row.endedBy,
      row.rating,
    ],
  );
}

async function report(query: string): Promise<Report> {
  const { status, body } = await ines.call<Report>('GET', `/api/reports?${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

test('every bucket is there, in order, with what was opened in it', async () => {
  const { buckets, ...head } = await report(`${range}&bucket=day`);
  assert.deepEqual(head, {
    from: '2026-03-02T00:00:00.000Z',
    to: '2026-03-05T00:00:00.000Z',
    bucket: 'day',
  });
  assert.deepEqual(
    buckets.map(({ at, opened: count, byQueue }) => [at.slice(0, 10), count, byQueue]),
    [
      ['2026-03-02', 101, { Guests: 100, 'No queue': 1 }],
      ['2026-03-03', 4, { '=Only, Tom': 3, 'Deleted queue': 1 }],
      ['2026-03-04', 0, {}],
    ],
  );
  assert.deepEqual(
    buckets.map(({ byIdentity }) => [byIdentity.anonymous, byIdentity.verified]),
    [
      [101, 0],
      [1, 3],
      [0, 0],
    ],
  );
});

test('waiting and handling are percentiles of what was assigned; who left before is counted', async () => {
  const [first, second, third] = (await report(range)).buckets;
  const near = (value = 0, wanted: number) =>
    assert.ok(Math.abs(value - wanted) < 0.001, `${value}`);
  near(first?.waitSeconds?.p50, 50.5);
  near(first?.waitSeconds?.p90, 90.1);
  near(first?.waitSeconds?.p99, 99.01);
  assert.deepEqual(first?.handleSeconds, { p50: 60, p90: 60, p99: 60, count: 100 });
  assert.deepEqual([first?.abandoned, first?.rating], [0, null]);
  assert.deepEqual(second?.waitSeconds, { p50: 10, p90: 10, p99: 10, count: 1 });
  assert.deepEqual(second?.handleSeconds, { p50: 120, p90: 120, p99: 120, count: 1 });
  assert.deepEqual([second?.abandoned, second?.rating], [1, { average: 4.5, count: 2 }]);
  const nothing = [third?.waitSeconds, third?.handleSeconds, third?.rating];
  assert.deepEqual(nothing, [null, null, null]);
});

test('hours are UTC, and a part of one is reported as the whole', async () => {
  const { buckets } = await report(
    'from=2026-03-02T01:30:00%2B01:00&to=2026-03-02T02:10:00Z&bucket=hour',
  );
  assert.deepEqual(
    buckets.map(({ at, opened: count }) => [at.slice(11, 16), count]),
    [
      ['00:00', 100],
      ['01:00', 0],
      ['02:00', 0],
    ],
  );
});

test('refused attempts are counted in the bucket in which they were made', async () => {
  const refuse = async () => {
    const response = await fetch(`${office.node.url}/api/v2/webdeployments/token/sitefault`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ deploymentId: GUESTS, fault: 'missing' }),
    });
    assert.equal(response.status, 401);
  };
  const counts = async (query: string) =>
    (await report(`bucket=hour${query}`)).buckets.map(({ refusedAttempts }) => refusedAttempts);
  await refuse();
  office.clock.advance(HOUR_MS);
  await refuse();
  await refuse();
  assert.deepEqual((await counts('')).slice(-2), [1, 2]);
});

test('a range that is none, or too long, is refused', async () => {
  const codeOf = async (query: string) => {
    const { status, body } = await ines.call('GET', `/api/reports?${query}`);
    return `${status} ${body.code}`;
  };
  assert.equal(await codeOf('from=soon'), '400 invalid_time');
  assert.equal(await codeOf('from=2026-03-02&to=2026-03-02'), '400 invalid_range');
  assert.equal(await codeOf('from=2026-01-01&to=2026-03-01&bucket=hour'), '400 too_many_buckets');
  assert.equal(await codeOf('bucket=year'), '400 invalid_request');
  assert.equal((await report('from=2026-01-01&to=2027-02-05&bucket=day')).buckets.length, 400);
});

test('as CSV: the same figures, a row a bucket, and no formula', async () => {
  const answer = await ines.raw(`/api/reports.csv?${range}`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.equal(
    answer.headers.get('content-disposition'),
    'attachment; filename="report-2026-03-02-2026-03-05.csv"',
  );
  const lines = (await answer.text()).split('\r\n');
  assert.deepEqual(
    [lines.length, lines.at(-1)],
    [5, ''],
    'a head, three days, and an end of line after the last',
  );
  assert.match(lines[0] ?? '', /^at,opened,verified,lapsed,claimed,anonymous,wait seconds p50,/);
  assert.match(lines[0] ?? '', /,ratings,"'=Only, Tom",Deleted queue,Guests,No queue$/);
  assert.equal(
    lines[1],
    '2026-03-02T00:00:00.000Z,101,0,0,0,101,50.5,90.1,99.01,100,60,60,60,100,0,0,,,0,0,100,1',
  );
  assert.equal(
    lines[2],
    '2026-03-03T00:00:00.000Z,4,3,0,0,1,10,10,10,1,120,120,120,1,1,0,4.5,2,3,1,0,0',
  );
});
