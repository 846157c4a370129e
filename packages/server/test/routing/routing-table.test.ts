// Every row against a running engine: a real database, the real `route`, and the dry run beside it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Condition, Origin } from '../../src/configuration/index.ts';
import type { ConversationRecord, OpenConversation } from '../../src/conversations/index.ts';
import { newId } from '../../src/platform/index.ts';
import { CONFIGURATION, ROWS, type Row } from './routing-cases.ts';
import { openRoutingWorld, type RoutingWorld } from './routing-world.ts';

const NOON = '2026-11-24T11:00:00Z';
let world: RoutingWorld;

before(async () => {
  world = await openRoutingWorld(CONFIGURATION);
  await breakRules();
});
after(() => world.close());

/** No file can name hours that are not there; what is stored may be older than the rule that says so. */
async function breakRules(): Promise<void> {
  const broken = (when: Condition): Condition =>
    'hoursId' in when ? { ...when, hoursId: newId() } : when;
  const by: Origin = { actor: { kind: 'node', name: 'an older node' }, via: 'file' };
  await world.writer.write(by, async (stored) => ({
    put: stored.map((object) => {
      if (object.kind !== 'workstreams' || !object.name.startsWith('Broken')) return object;
      const { routeToQueue, classification = [] } = object.body;
      const body = {
        ...object.body,
        routeToQueue: routeToQueue.map((rule) => ({ ...rule, when: broken(rule.when) })),
        classification: classification.map((ruleset) => ({
          ...ruleset,
          rules: ruleset.rules.map((rule) => ({ ...rule, when: broken(rule.when) })),
        })),
      };
      return { ...object, body };
    }),
  }));
  await world.configuration.refresh();
}

async function opened(row: Row): Promise<ConversationRecord> {
  const more: Partial<OpenConversation> = {
    ...(row.who && { identity: row.who }),
    ...(row.context && { context: row.context }),
    ...(row.locale !== undefined && { locale: row.locale }),
  };
  if (!row.contact) return world.open(row.stream, more);
  const contact = await world.contacts.create(row.contact, { id: newId(), name: 'Ines' });
  return world.open(row.stream, { ...more, contactId: contact.id });
}

async function fill(waiting: Record<string, number>): Promise<string[]> {
  const ids: string[] = [];
  for (const [name, count] of Object.entries(waiting)) {
    for (let n = 0; n < count; n += 1) {
      const { id } = await world.open('Shop');
      const queueId = world.queueId(name);
      await world.conversations.change(id, () => ({ set: { queueId, priority: 1 } }));
      ids.push(id);
    }
  }
  return ids;
}

const contextOf = ({ context }: ConversationRecord): string[] =>
  context.map(({ name, value, origin }) => `${name}=${JSON.stringify(value)} ${origin}`);

describe('routing', () => {
  for (const row of ROWS) {
    test(`${row.stream}: ${row.title}`, async () => {
      world.clock.set(Date.parse(row.at ?? NOON));
      const others = await fill(row.waiting ?? {});
      const { id, ...facts } = await opened(row);
      const dry = await world.routing.dryRun({ id, ...facts }, world.clock.now());
      assert.equal((await world.read(id)).lastSeq, facts.lastSeq, 'a dry run writes nothing');
      await world.routing.route(id);
      const record = await world.read(id);
      const { routing } = record;
      assert.deepEqual(
        { queue: world.queueName(record.queueId), rule: routing?.rule, state: record.state },
        { queue: row.queue, rule: row.rule, state: row.state ?? 'waiting' },
      );
      if (row.priority !== undefined) assert.equal(record.priority, row.priority);
      for (const part of row.because ?? [])
        assert.match(String(routing?.because), new RegExp(RegExp.escape(part)));
      if (row.after) assert.deepEqual(contextOf(record), row.after);
      assert.deepEqual(
        [dry?.queueId, dry?.rule, dry?.because, dry?.endedBy !== null],
        [record.queueId, routing?.rule, routing?.because, record.state === 'closed'],
        'the dry run says the same',
      );
      assert.deepEqual(dry?.context, record.context);
      for (const other of [id, ...others])
        await world.conversations.change(other, () => ({ set: { state: 'closed' } }));
    });
  }

  test('there are at least sixty cases', () => assert.ok(ROWS.length >= 60, `${ROWS.length}`));

  test('percentages hold, and a conversation always draws the same', async () => {
    world.clock.set(Date.parse(NOON));
    const drawn = new Map<string | null, number>();
    const { id, ...facts } = await world.open('Shares');
    for (let n = 0; n < 2000; n += 1) {
      const one = { ...facts, id: newId() };
      const [first, again] = [
        await world.routing.dryRun(one, NOON_MS),
        await world.routing.dryRun(one, NOON_MS),
      ];
      assert.equal(first?.queueId, again?.queueId);
      const name = world.queueName(first?.queueId ?? null);
      drawn.set(name, (drawn.get(name) ?? 0) + 1);
    }
    const vip = drawn.get('VIP') ?? 0;
    assert.ok(vip > 500 && vip < 700, `30 % of 2000, and ${vip} were drawn`);
    assert.equal(vip + (drawn.get('German') ?? 0), 2000);
    await world.conversations.change(id, () => ({ set: { state: 'closed' } }));
  });
});

const NOON_MS = Date.parse(NOON);
