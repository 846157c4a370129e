// Routing on a real database, without HTTP: one or several nodes, on a clock that the test moves.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import {
  administrationMigrations,
  applyFile,
  auditWriter,
} from '../../src/administration/index.ts';
import {
  configurationMigrations,
  createConfiguration,
  createConfigurationWriter,
  createStoredObjects,
} from '../../src/configuration/index.ts';
import { contactMigrations, createContacts } from '../../src/contacts/index.ts';
import {
  type ConversationRecord,
  conversationMigrations,
  createConversations,
  type OpenConversation,
} from '../../src/conversations/index.ts';
import { createSeal, localBus, newId, openDatabase } from '../../src/platform/index.ts';
import { type Agent, createRouting, routingMigrations } from '../../src/routing/index.ts';

const log = pino({ level: 'silent' });
const seal = createSeal({ key: new Uint8Array(32).fill(7) });

export type RoutingWorld = Awaited<ReturnType<typeof openRoutingWorld>>;

export async function openRoutingWorld(text: string, start = '2026-11-24T09:00:00Z') {
  const dataDir = await mkdtemp(join(tmpdir(), 'cs-routing-'));
  const database = await openDatabase({ dataDir, log });
  await database.migrate([
    ...[configurationMigrations, administrationMigrations, contactMigrations],
    ...[conversationMigrations, routingMigrations],
  ]);
  let now = Date.parse(start);
  const clock = { now: () => now };
  const bus = localBus();
  const objects = createStoredObjects(seal);
  const base = { database, objects, bus, seal, clock, log };
  const writer = createConfigurationWriter({ ...base, record: auditWriter(base.clock) });
  const environment = { readEnvironment: () => undefined };
  const applied = await applyFile(
    { writer, clock },
    { text, fileName: 'routing.yaml', ...environment },
  );
  assert.ok(!('faults' in applied), JSON.stringify(applied));
  const configuration = await createConfiguration(base);
  const contacts = createContacts(base);
  const conversations = createConversations(base);
  const node = () => createRouting({ ...base, configuration, conversations, contacts });
  const routing = node();
  const { queues, workstreams, users, deployments } = configuration.current();
  const named = <T extends { id: string; name: string }>(
    objects: ReadonlyMap<string, T>,
    name: string,
  ): T => {
    const found = [...objects.values()].find((object) => object.name === name);
    assert.ok(found, `there is no ${name}`);
    return found;
  };

  return {
    ...{ database, configuration, writer, contacts, conversations, routing, node },
    clock: {
      now: clock.now,
      move(ms: number) {
        now += ms;
      },
      set(at: number) {
        now = at;
      },
    },
    queueId: (name: string) => named(queues, name).id,
    queueName: (id: string | null) =>
      id === null ? null : (configuration.current().queues.get(id)?.name ?? id),
    workstream: (name: string) => named(workstreams, name),
    agent(name: string): Agent {
      return { id: named(users, name).id, name, supervises: false };
    },
    /** A customer writes in: not routed yet. */
    async open(
      workstream: string,
      more: Partial<OpenConversation> = {},
    ): Promise<ConversationRecord> {
      const { id, capacity } = named(workstreams, workstream);
      const deployment = [...deployments.values()].find((one) => one.workstream.id === id);
      const opening: OpenConversation = {
        ...{ ownerKey: `session:${newId()}`, channel: 'web', workstreamId: id, capacity },
        ...{ deploymentId: deployment?.id ?? newId(), contactId: null, customerName: null },
        ...{ customerEmail: null, locale: 'en', identity: { state: 'anonymous' }, context: [] },
        ...more,
      };
      return (await conversations.open(opening, [])).record;
    },
    async read(id: string): Promise<ConversationRecord> {
      const record = await conversations.read(id);
      assert.ok(record, 'a conversation is never lost');
      return record;
    },
    async close() {
      await conversations.close();
      await configuration.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
