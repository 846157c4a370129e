// When a proof is renewed, when it lapses, and who is asked: on a clock that the test moves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { movedClock } from '../test/moved-clock.ts';
import { Renewal } from './renewal.ts';
import { NoProof, RestError } from './rest-error.ts';

const UNAVAILABLE = () => Promise.reject(new RestError(503, { message: 'later' }));
const REFUSED = () => Promise.reject(new RestError(401, { message: 'no', reference: '7QK2-MX4D' }));

interface Answering {
  answer: () => Promise<void>;
}

/** A renewal over a store of one JWT; each new one lives as long as the first. */
function renewalOver(lifeMs: number | null, clock = movedClock(), store: { jwt: string }[] = []) {
  const asked: number[] = [];
  const shown: string[] = [];
  const seen: string[] = [];
  const start = clock.now();
  let made = 0;
  const mint = () => {
    made += 1;
    const untilMs = lifeMs === null ? null : clock.now() + lifeMs;
    store.splice(0, store.length, { jwt: `jwt-${made}`, untilMs } as { jwt: string });
  };
  mint();
  const site: Answering = { answer: async () => mint() };
  const renewal: Renewal = new Renewal({
    environment: clock.environment,
    lockName: 'test',
    kept: () => (store[0] as { jwt: string; untilMs: number | null } | undefined) ?? null,
    obtain: () => {
      asked.push(clock.now() - start);
      return site.answer();
    },
    renewed: () => shown.push(store[0]?.jwt ?? ''),
    changed: () => seen.push(renewal.standing.kind),
  });
  renewal.follow();
  return { renewal, clock, asked, shown, seen, site, mint, store };
}

for (const [life, lead] of [
  [30_000, 6000],
  [60_000, 12_000],
  [15 * 60_000, 60_000],
  [5000, 3000],
] as const) {
  test(`a proof of ${life / 1000} s is renewed ${lead / 1000} s before its end, silently`, async () => {
    const { clock, asked, shown, seen } = renewalOver(life);
    await clock.advance(life - lead - 1);
    assert.deepEqual(asked, []);
    await clock.advance(1);
    await clock.settle();
    assert.deepEqual(asked, [life - lead]);
    assert.deepEqual(shown, ['jwt-2']);
    assert.deepEqual(seen, [], 'nobody was told anything');
  });
}

test('a proof that stands as long as the session is left alone', async () => {
  const { clock, asked, renewal } = renewalOver(null);
  await clock.advance(90 * 86_400_000);
  assert.deepEqual(asked, []);
  assert.equal(renewal.standing.kind, 'current');
});

test('a proof of many days: no timer is longer than a browser can count', async () => {
  const { clock, asked } = renewalOver(90 * 86_400_000);
  const { after } = clock.environment;
  clock.environment.after = (ms, run) => {
    assert.ok(ms < 2 ** 31, `${ms}`);
    return after(ms, run);
  };
  await clock.advance(90 * 86_400_000 - 30_000);
  assert.equal(asked.length, 1);
});

test('a slow answer is told after two seconds, and no longer once it is there', async () => {
  const { clock, seen, site, mint } = renewalOver(30_000);
  const answer = Promise.withResolvers<void>();
  site.answer = () => answer.promise;
  await clock.advance(25_999);
  assert.deepEqual(seen, []);
  await clock.advance(1);
  assert.deepEqual(seen, ['renewing']);
  mint();
  answer.resolve();
  await clock.settle();
  assert.deepEqual(seen, ['renewing', 'current']);
});

test('nobody can answer: asked again with growing pauses, lapsed at the end, current once it works', async () => {
  const { clock, asked, seen, shown, site, mint, renewal } = renewalOver(30_000);
  site.answer = UNAVAILABLE;
  await clock.advance(29_999);
  assert.deepEqual(asked, [24_000, 25_000, 26_000, 28_000], 'a second, then 1, 2, 4 …');
  assert.equal(renewal.standing.kind, 'renewing');
  await clock.advance(1);
  assert.deepEqual(renewal.standing, { kind: 'lapsed' });
  await clock.advance(10 * 60_000);
  const pauses = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
  assert.ok(Math.max(...pauses) <= 30_000, `${pauses}`);
  assert.deepEqual(shown, []);
  site.answer = async () => mint();
  await clock.advance(30_000);
  assert.deepEqual(shown, ['jwt-2']);
  assert.deepEqual(seen, ['renewing', 'lapsed', 'current']);
});

test('a refusal lapses at once, with its reference, and is not asked for again', async () => {
  const { clock, asked, site, renewal } = renewalOver(30_000);
  site.answer = REFUSED;
  await clock.advance(24_000);
  await clock.settle();
  assert.deepEqual(renewal.standing, { kind: 'lapsed', reference: '7QK2-MX4D' });
  await clock.advance(3_600_000);
  renewal.wake();
  await clock.settle();
  assert.equal(asked.length, 1);
});

test('a site that gives nothing: tried again, and its reference is told once it has lapsed', async () => {
  const { clock, site, renewal, asked } = renewalOver(30_000);
  site.answer = () => Promise.reject(new NoProof('timeout', '2M7C-QQ1Z'));
  await clock.advance(30_000);
  assert.deepEqual(renewal.standing, { kind: 'lapsed', reference: '2M7C-QQ1Z' });
  assert.ok(asked.length > 2);
});

test('a device that slept over the end renews at once when it wakes', async () => {
  const { clock, asked, shown, seen, renewal } = renewalOver(30_000);
  clock.sleep(8 * 3_600_000);
  renewal.wake();
  await clock.settle();
  assert.deepEqual(asked, [8 * 3_600_000]);
  assert.deepEqual(shown, ['jwt-2']);
  assert.deepEqual(seen, ['lapsed', 'current']);
});

test('who asks twice at once is answered by one renewal', async () => {
  const { asked, renewal } = renewalOver(30_000);
  const outcomes = await Promise.all([renewal.renew(), renewal.renew()]);
  assert.deepEqual(outcomes, [{ kind: 'renewed' }, { kind: 'renewed' }]);
  assert.equal(asked.length, 1);
});

test('two tabs: the second gets the lock later, finds the newer JWT and asks nobody', async () => {
  const clock = movedClock();
  let line: Promise<unknown> = Promise.resolve();
  clock.environment.lock = (_name, run) => {
    const turn = line.then(run);
    line = turn.catch(() => undefined);
    return turn;
  };
  const store: { jwt: string }[] = [];
  const first = renewalOver(30_000, clock, store);
  const second = renewalOver(30_000, clock, store);
  first.renewal.follow();
  await clock.advance(24_000);
  await clock.settle();
  assert.equal(first.asked.length + second.asked.length, 1);
  assert.equal(first.shown.length, 1);
  assert.deepEqual(first.shown, second.shown, 'both show the same new JWT');
});

test('another tab renewed: this one’s schedule moves, and its lapse is over', async () => {
  const { clock, asked, site, mint, renewal } = renewalOver(30_000);
  site.answer = UNAVAILABLE;
  await clock.advance(31_000);
  assert.equal(renewal.standing.kind, 'lapsed');
  const before = asked.length;
  mint();
  renewal.follow();
  assert.equal(renewal.standing.kind, 'current');
  await clock.advance(23_999);
  assert.equal(asked.length, before);
});

test('stopped while a renewal is under way: its outcome changes nothing', async () => {
  const { clock, site, mint, shown, renewal, store } = renewalOver(30_000);
  const answer = Promise.withResolvers<void>();
  site.answer = () => answer.promise;
  await clock.advance(24_000);
  renewal.stop();
  store.length = 0;
  mint();
  answer.resolve();
  await clock.settle();
  assert.deepEqual(shown, []);
  assert.equal(renewal.standing.kind, 'current');
});

test('whatever the answers, whenever: lapsed is said when the end has passed, or somebody said no, and only then', async () => {
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 40_000 }),
    site: fc.constantFrom('renews', 'unavailable', 'refuses', 'gives nothing'),
    event: fc.constantFrom('none', 'wake', 'another tab', 'asked'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1000, max: 120_000 }),
      fc.array(step, { maxLength: 8 }),
      async (life, steps) => {
        const { clock, site, mint, renewal, store } = renewalOver(life);
        let refusedJwt = '';
        for (const { ms, site: how, event } of steps) {
          site.answer = {
            renews: async () => mint(),
            unavailable: UNAVAILABLE,
            'gives nothing': () => Promise.reject(new NoProof('empty')),
            refuses: () => {
              refusedJwt = store[0]?.jwt ?? '';
              return REFUSED();
            },
          }[how];
          if (event === 'wake') renewal.wake();
          if (event === 'asked') void renewal.renew();
          if (event === 'another tab') {
            mint();
            renewal.follow();
          }
          await clock.advance(ms);
          await clock.settle();
          const kept = store[0] as unknown as { jwt: string; untilMs: number };
          const isOver = kept.untilMs <= clock.now() || refusedJwt === kept.jwt;
          assert.equal(renewal.standing.kind === 'lapsed', isOver);
        }
      },
    ),
    { numRuns: 60 },
  );
});
