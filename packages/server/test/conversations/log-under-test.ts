import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import {
  type Conversations,
  conversationMigrations,
  createConversations,
  type EntryDraft,
  type EntryRecord,
  type OpenConversation,
  runVerifyTrail,
} from '../../src/conversations/index.ts';
import {
  type Bus,
  type Database,
  localBus,
  newId,
  openDatabase,
} from '../../src/platform/index.ts';

const log = pino({ level: 'silent' });

export interface LogUnderTest {
  database: Database;
  clock: { now(): number; move(ms: number): void };
  /** Another node on the same database; closed with the rest. */
  node(options?: { bus?: Bus; maxQueued?: number; pollMs?: number }): Conversations;
  close(): Promise<void>;
}

/** A real database with the tables of the log. */
export async function openLog(): Promise<LogUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cs-log-'));
  const database = await openDatabase({ dataDir, log });
  await database.migrate([conversationMigrations]);
  let now = Date.parse('2026-11-22T09:00:00Z');
  const clock = {
    now: () => now,
    move(ms: number) {
      now += ms;
    },
  };
  const nodes: Conversations[] = [];
  return {
    database,
    clock,
    node({ bus = localBus(), ...options } = {}) {
      const node = createConversations({ database, bus, clock, log, pollMs: 20, ...options });
      nodes.push(node);
      return node;
    },
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A bus between nodes that loses what `lose` says. */
export function lossyBus(lose: () => boolean): Bus {
  const bus = localBus();
  return {
    ...bus,
    publish(topic, hint) {
      if (!lose()) bus.publish(topic, hint);
    },
  };
}

export const opening = (ownerKey: string = `session:${newId()}`): OpenConversation => ({
  ownerKey,
  channel: 'web',
  deploymentId: newId(),
  workstreamId: newId(),
  capacity: 10,
  contactId: null,
  customerName: null,
  customerEmail: null,
  locale: 'en-us',
  identity: { state: 'anonymous' },
  context: [],
});

export const openOne = async (log: Conversations, ownerKey?: string): Promise<string> =>
  (await log.open(opening(ownerKey), [])).record.id;

export const message = (conversationId: string, more: Partial<EntryDraft> = {}): EntryDraft => ({
  conversationId,
  kind: 'message',
  role: 'customer',
  senderId: `session-of-${conversationId}`,
  text: 'Where is my parcel?',
  ...more,
});

export const readAll = (log: Conversations, id: string): Promise<EntryRecord[]> =>
  log.entries(id, { after: 0, limit: 100_000 });

/** Resolves once a follower has been given entry `seq`. */
export function followUntil(
  log: Conversations,
  id: string,
  seq: number,
  after = 0,
): Promise<EntryRecord[]> {
  return new Promise((resolve) => {
    const got: EntryRecord[] = [];
    const stop = log.follow(id, after, (entries) => {
      got.push(...entries);
      if ((entries.at(-1)?.seq ?? 0) < seq) return;
      setImmediate(() => stop());
      resolve(got);
    });
  });
}

/** What always holds of a log as it is read back (DESIGN, invariant 3). */
export function isInOrder(entries: EntryRecord[]): boolean {
  return entries.every(
    (entry, index) =>
      entry.seq === index + 1 && (index === 0 || entry.at > (entries[index - 1]?.at ?? 0)),
  );
}

/** The export of a conversation's trail. */
export async function exportOf(log: Conversations, id: string): Promise<string> {
  let text = '';
  for await (const piece of (await log.exportTrail(id)) ?? []) text += piece;
  return text;
}

/** What the command `verify-trail` says of an export. */
export function verify(text: string, head?: string) {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const code = runVerifyTrail({ text, head, json: true, print });
  return { code, ...JSON.parse(lines[0] ?? '') };
}
