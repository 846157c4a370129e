import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import type { Bus, Clock, Database, Seal } from '../platform/index.ts';
import { openBody, sealBody } from './sealed-body.ts';
import { lockVersion, readObjects, writeObject, writePublished, writeVersion } from './store.ts';
import type { Draft, Kind, StoredObject } from './stored-object.ts';

export const CONFIGURATION_TOPIC = 'configuration';

export interface ObjectChange {
  kind: Kind;
  id: string;
  name: string;
  action: 'created' | 'updated' | 'unchanged';
}

/** Answers the objects as they should be. Throws to leave everything as it is. */
export type Decide = (
  stored: readonly StoredObject[],
  transaction: Transaction<unknown>,
) => Promise<readonly Draft[]>;

/** The only way to change the business's objects; for `administration` alone. */
export interface ConfigurationWriter {
  /**
   * All or nothing, one writer at a time in the whole installation. Objects that are not among the
   * drafts stay. What is the same already is not written, and when nothing is, no version counts up.
   */
  write(decide: Decide): Promise<ObjectChange[]>;
}

export interface WriterParts {
  database: Database;
  bus: Bus;
  seal: Seal;
  clock: Clock;
}

export function createConfigurationWriter(parts: WriterParts): ConfigurationWriter {
  const { database, bus } = parts;
  return {
    async write(decide) {
      const { changes, version } = await database.kysely
        .transaction()
        .execute((transaction) => writeAll(parts, transaction, decide));
      if (version !== null) bus.publish(CONFIGURATION_TOPIC, { version });
      return changes;
    },
  };
}

async function writeAll(
  { seal, clock }: WriterParts,
  transaction: Transaction<unknown>,
  decide: Decide,
): Promise<{ changes: ObjectChange[]; version: number | null }> {
  const version = await lockVersion(transaction);
  const sealed = await readObjects(transaction);
  const stored = await Promise.all(sealed.map((object) => openBody(object, seal)));
  const before = new Map(stored.map((object) => [keyOf(object), object]));
  const drafts = await decide(stored, transaction);
  const at = new Date(clock.now());
  const changes: ObjectChange[] = [];
  for (const draft of drafts) {
    const old = before.get(keyOf(draft));
    const change = changeOf(draft, old);
    changes.push(change);
    if (change.action === 'unchanged') continue;
    const object: StoredObject = { ...draft, version: (old?.version ?? 0) + 1 };
    await writeObject(transaction, await sealBody(object, seal), at);
    if (object.kind === 'messengerConfigurations') {
      await writePublished(transaction, object, object.version, at);
    }
  }
  if (changes.every(({ action }) => action === 'unchanged')) return { changes, version: null };
  await writeVersion(transaction, version + 1);
  return { changes, version: version + 1 };
}

const keyOf = ({ kind, id }: Draft): string => `${kind}/${id}`;

function changeOf(draft: Draft, before: StoredObject | undefined): ObjectChange {
  const { kind, id, name } = draft;
  if (!before) return { kind, id, name, action: 'created' };
  return { kind, id, name, action: isSame(draft, before) ? 'unchanged' : 'updated' };
}

/** Compared as JSON, which is what is stored: a member that is undefined is not there. */
const isSame = (draft: Draft, before: StoredObject): boolean =>
  draft.name === before.name &&
  isDeepStrictEqual(JSON.parse(JSON.stringify(draft.body)), before.body);
