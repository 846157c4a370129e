// New attempts reach those who may read them, and nobody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GUESTS, type Live, type Office, openOffice } from './office.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

async function refuse(): Promise<string> {
  const response = await fetch(`${office.node.url}/api/v2/webdeployments/token/sitefault`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deploymentId: GUESTS, fault: 'missing' }),
  });
  const { reference } = (await response.json()) as { reference: string };
  return reference;
}

const isAttempt = (reference: string) => (frame: Live['frames'][number]) =>
  frame.type === 'attempt' && frame.attempt.reference === reference;

test('a developer who follows attempts sees them come; not before, and not after', async () => {
  const dev = await office.signIn('dev');
  const live = await dev.live();
  const before = await refuse();
  live.send({ type: 'follow-attempts' });
  await answered(live);
  const reference = await refuse();
  const frame = await live.until(isAttempt(reference));
  assert.ok(frame.type === 'attempt');
  assert.deepEqual(
    [frame.attempt.reason, frame.attempt.deployment, frame.attempt.outcome],
    ['site_function_missing', GUESTS, 'refused'],
  );
  assert.ok(!live.frames.some(isAttempt(before)));
  live.send({ type: 'unfollow-attempts' });
  await answered(live);
  const unseen = await refuse();
  await answered(live);
  assert.ok(!live.frames.some(isAttempt(unseen)));
});

test('A04 an agent and a supervisor hear nothing of attempts, though they ask', async () => {
  const dev = await (await office.signIn('dev')).live();
  dev.send({ type: 'follow-attempts' });
  const others = [await office.signIn('maria'), await office.signIn('ines')];
  const lives = await Promise.all(others.map((staff) => staff.live()));
  for (const live of lives) live.send({ type: 'follow-attempts' });
  await Promise.all([dev, ...lives].map(answered));
  await dev.until(isAttempt(await refuse()));
  await Promise.all(lives.map(answered));
  for (const { frames } of lives) assert.ok(!frames.some(({ type }) => type === 'attempt'));
});

test('A01 a developer in the live feed sees no conversation, queue or presence', async () => {
  const dev = await office.signIn('dev');
  const live = await dev.live();
  const maria = await office.signIn('maria');
  const seen = await maria.live();
  await maria.available();
  await office.guest('Something private');
  const { offer } = await seen.offer();
  live.send({ type: 'follow', conversation: offer.conversation.id, after: 0 });
  await answered(live);
  const types = new Set(live.frames.map(({ type }) => type));
  assert.deepEqual(
    [...types].filter((type) => type !== 'ready' && type !== 'cursor'),
    [],
  );
  const me = await dev.call('GET', '/api/me');
  assert.equal(me.status, 200);
  assert.equal((await dev.call('GET', '/api/queues')).status, 403);
});

test('S04 of a flood some are told, and how many were not', async () => {
  const live = await (await office.signIn('dev')).live();
  live.send({ type: 'follow-attempts' });
  await answered(live);
  const from = live.frames.length;
  await Promise.all(Array.from({ length: 200 }, refuse));
  let told = 0;
  let skipped = 0;
  await live.until(() => {
    const frames = live.frames.slice(from);
    told = frames.filter(({ type }) => type === 'attempt').length;
    skipped = frames.reduce(
      (sum, frame) => sum + (frame.type === 'attempts-skipped' ? frame.count : 0),
      0,
    );
    return told + skipped >= 200;
  });
  assert.equal(told + skipped, 200);
  assert.ok(skipped > 0);
});

/** The feed answers in order: once this is answered, everything sent before has been heard. */
async function answered(live: Live): Promise<void> {
  const before = live.frames.filter(({ type }) => type === 'ready').length;
  live.send({ type: 'start' });
  await live.until(() => live.frames.filter(({ type }) => type === 'ready').length > before);
}
