import { isDeepStrictEqual } from 'node:util';
import type { Actor, AuditEntry } from '@countersign/protocol';
import type { Transaction } from 'kysely';
import type { Bus, Clock, Database, Seal } from '../platform/index.ts';
import { deleteDraft } from './draft-store.ts';
import { sealBody } from './sealed-body.ts';
import {
  deleteObject,
  deletePublished,
  lockVersion,
  writeObject,
  writePublished,
  writeVersion,
} from './store.ts';
import type { Draft, Kind, ObjectKey, StoredObject } from './stored-object.ts';
import type { StoredObjects } from './stored-objects.ts';

export const CONFIGURATION_TOPIC = 'configuration';

export interface ObjectChange {
  kind: Kind;
  id: string;
  name: string;
  action: 'created' | 'updated' | 'unchanged' | 'deleted';
}

/** What is to be written: objects as they should be, and those that go. */
export interface Decision {
  put: readonly Draft[];
  remove?: readonly ObjectKey[];
}

/** Throws to leave everything as it is. */
export type Decide = (
  stored: readonly StoredObject[],
  transaction: Transaction<unknown>,
) => Promise<Decision>;

/** An object before and after; secrets open. Null: it was, or is, not there. */
export interface Written {
  before: StoredObject | null;
  after: StoredObject | null;
}

/** Who changes something, and by which door. */
export interface Origin {
  actor: Actor;
  via: AuditEntry['via'];
}

/** Told of what was written, in its transaction; `stored`: all that was there before. */
export type RecordWritten = (
  written: Written[],
  origin: Origin,
  stored: readonly StoredObject[],
  transaction: Transaction<unknown>,
) => Promise<void>;

/** The only way to change the business's objects; for `administration` alone. */
export interface ConfigurationWriter {
  /**
   * All or nothing, one writer at a time in the whole installation. Objects that the decision does not
   * name stay. What is the same already is not written, and when nothing is, no version counts up.
   */
  write(origin: Origin, decide: Decide): Promise<{ changes: ObjectChange[]; written: Written[] }>;
  /** The same, and nothing of it stays: what would change. */
  rehearse(origin: Origin, decide: Decide): Promise<ObjectChange[]>;
}

export interface WriterParts {
  objects: StoredObjects;
  database: Database;
  bus: Bus;
  seal: Seal;
  clock: Clock;
  record: RecordWritten;
}

export function createConfigurationWriter(parts: WriterParts): ConfigurationWriter {
  const { database, bus } = parts;
  return {
    async write(origin, decide) {
      const { version, ...result } = await database.kysely
        .transaction()
        .execute((transaction) => writeAll(parts, transaction, origin, decide));
      if (version !== null) bus.publish(CONFIGURATION_TOPIC, { version });
      return result;
    },
    async rehearse(origin, decide) {
      try {
        await database.kysely.transaction().execute(async (transaction) => {
          throw new Rehearsed((await writeAll(parts, transaction, origin, decide)).changes);
        });
      } catch (error) {
        if (error instanceof Rehearsed) return error.changes;
        throw error;
      }
      throw new Error('a rehearsal was not taken back');
    },
  };
}

/** Ends the transaction of a rehearsal without a change. */
class Rehearsed extends Error {
  readonly changes: ObjectChange[];

  constructor(changes: ObjectChange[]) {
    super('only rehearsed');
    this.changes = changes;
  }
}

interface Result {
  changes: ObjectChange[];
  written: Written[];
  version: number | null;
}

async function writeAll(
  { objects, seal, clock, record }: WriterParts,
  transaction: Transaction<unknown>,
  origin: Origin,
  decide: Decide,
): Promise<Result> {
  const version = await lockVersion(transaction);
  const { objects: stored } = await objects.read(transaction);
  const known = new Map(stored.map((object) => [keyOf(object), object]));
  const { put, remove = [] } = await decide(stored, transaction);
  const updatedAt = new Date(clock.now());
  const changes: ObjectChange[] = [];
  const written: Written[] = [];
  for (const draft of put) {
    const before = known.get(keyOf(draft)) ?? null;
    const change = changeOf(draft, before);
    changes.push(change);
    if (change.action === 'unchanged') continue;
    const own = (before?.version ?? 0) + 1;
    const createdVia = before?.createdVia ?? origin.via;
    const by = { updatedAt, updatedBy: origin.actor, createdVia };
    const after: StoredObject = { ...draft, version: own, ...by };
    await store(transaction, after, version + 1, seal);
    written.push({ before, after });
  }
  for (const key of remove) {
    const before = known.get(keyOf(key));
    if (!before) continue;
    await forget(transaction, key);
    changes.push({ ...key, name: before.name, action: 'deleted' });
    written.push({ before, after: null });
  }
  if (written.length === 0) return { changes, written, version: null };
  await record(written, origin, stored, transaction);
  await writeVersion(transaction, version + 1);
  return { changes, written, version: version + 1 };
}

async function store(
  transaction: Transaction<unknown>,
  object: StoredObject,
  changedIn: number,
  seal: Seal,
): Promise<void> {
  await writeObject(transaction, await sealBody(object, seal), changedIn);
  if (object.kind !== 'messengerConfigurations') return;
  await writePublished(transaction, object);
  await deleteDraft(transaction, object.id);
}

async function forget(transaction: Transaction<unknown>, key: ObjectKey): Promise<void> {
  await deleteObject(transaction, key);
  if (key.kind !== 'messengerConfigurations') return;
  await deletePublished(transaction, key.id);
  await deleteDraft(transaction, key.id);
}

const keyOf = ({ kind, id }: ObjectKey): string => `${kind}/${id}`;

function changeOf(draft: Draft, before: StoredObject | null): ObjectChange {
  const { kind, id, name } = draft;
  if (!before) return { kind, id, name, action: 'created' };
  return { kind, id, name, action: isSame(draft, before) ? 'unchanged' : 'updated' };
}

/** Compared as JSON, which is what is stored: a member that is undefined is not there. */
const isSame = (draft: Draft, before: StoredObject): boolean =>
  draft.name === before.name &&
  isDeepStrictEqual(JSON.parse(JSON.stringify(draft.body)), before.body);
