import type { ConfigurationFault, OpenedConfigurationFile } from '@countersign/protocol';
import type { Transaction } from 'kysely';
import type {
  ConfigurationWriter,
  Draft,
  ObjectChange,
  StoredObject,
} from '../configuration/index.ts';
import { type Clock, newId } from '../platform/index.ts';
import { parseConfigurationFile, type SecretReaders } from './configuration-file/index.ts';
import { draftsOf } from './drafts.ts';
import { withPasswords } from './passwords.ts';
import { endStaffSessions, writeStaff } from './staff-store.ts';

export type ApplyResult = { changes: ObjectChange[] } | { faults: ConfigurationFault[] };

export interface ApplyParts {
  writer: ConfigurationWriter;
  clock: Clock;
}

/** Carries the faults out of the transaction, which ends it without a change. */
class FaultyFile extends Error {
  readonly faults: ConfigurationFault[];

  constructor(faults: ConfigurationFault[]) {
    super('the configuration file has faults');
    this.faults = faults;
  }
}

/**
 * Applies a configuration file, all of it or nothing. Secrets are read by the readers handed in;
 * references may point at what is stored already.
 */
export async function applyConfiguration(
  { writer, clock }: ApplyParts,
  text: string,
  readers: SecretReaders,
): Promise<ApplyResult> {
  try {
    const changes = await writer.write(async (stored, transaction) => {
      const parsed = parseConfigurationFile(text, { ...readers, stored });
      if ('faults' in parsed) throw new FaultyFile(parsed.faults);
      const drafts = draftsOf(parsed.ok, stored, newId);
      const complete = await withPasswords(drafts, passwordsOf(parsed.ok), stored);
      await writePeople(transaction, complete, stored, new Date(clock.now()));
      return complete;
    });
    return { changes };
  } catch (error) {
    if (error instanceof FaultyFile) return { faults: error.faults };
    throw error;
  }
}

const passwordsOf = ({ users }: OpenedConfigurationFile): Map<string, string> =>
  new Map(
    users.flatMap(({ email, password }) =>
      password === undefined ? [] : [[email.toLowerCase(), password]],
    ),
  );

/** A password that the person changed since stays until the file's own changes. */
async function writePeople(
  transaction: Transaction<unknown>,
  drafts: readonly Draft[],
  stored: readonly StoredObject[],
  at: Date,
): Promise<void> {
  const hashes = new Map(
    stored.flatMap((object) =>
      object.kind === 'users' ? [[object.id, object.body.passwordHash]] : [],
    ),
  );
  for (const draft of drafts) {
    if (draft.kind !== 'users') continue;
    const hash = draft.body.passwordHash;
    const isNew = hash !== hashes.get(draft.id);
    const { id, name: email } = draft;
    const password = isNew && hash !== undefined ? { passwordHash: hash } : {};
    await writeStaff(transaction, { id, email, name: draft.body.displayName, ...password }, at);
    if (isNew) await endStaffSessions(transaction, id);
  }
}
