import type { ConfigurationFault, OpenedConfigurationFile } from '@countersign/protocol';
import type {
  ConfigurationWriter,
  Decide,
  ObjectChange,
  Origin,
  StaffRole,
} from '../configuration/index.ts';
import { type Clock, newId } from '../platform/index.ts';
import { parseConfigurationFile, type SecretReaders } from './configuration-file/index.ts';
import { draftsOf } from './drafts.ts';
import { requireSecretsRole } from './objects/secrets-role.ts';
import { withPasswords } from './passwords.ts';
import { pruneObjects } from './prune-objects.ts';
import { writePeople } from './write-people.ts';

export type ApplyResult = { changes: ObjectChange[] } | { faults: ConfigurationFault[] };

export interface ApplyParts {
  writer: ConfigurationWriter;
  clock: Clock;
}

/** Who applies it, and whether they may hand out the reading of secrets. */
export interface Applying {
  origin: Origin;
  roles: readonly StaffRole[];
}

export interface ApplyOptions {
  /** Deletes what a file once made and this one no longer names. */
  prune?: boolean;
  /** Says what would change, and changes nothing. */
  rehearse?: boolean;
}

/** A file that the operator of the machine applies. */
export const byNode: Applying = {
  origin: { actor: { kind: 'node', name: 'countersign serve --config' }, via: 'file' },
  roles: ['administrator', 'secrets'],
};

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
  { origin, roles }: Applying,
  { prune = false, rehearse = false }: ApplyOptions = {},
): Promise<ApplyResult> {
  const decide: Decide = async (stored, transaction) => {
    const parsed = parseConfigurationFile(text, { ...readers, stored });
    if ('faults' in parsed) throw new FaultyFile(parsed.faults);
    const drafts = draftsOf(parsed.ok, stored, newId);
    const complete = await withPasswords(drafts, passwordsOf(parsed.ok), stored);
    requireSecretsRole(complete, stored, roles);
    await writePeople(transaction, complete, stored, new Date(clock.now()));
    const pruned = prune ? await pruneObjects(complete, stored, roles, transaction) : NOTHING;
    if ('faults' in pruned) throw new FaultyFile(pruned.faults);
    return { put: [...complete, ...pruned.put], remove: pruned.remove };
  };
  try {
    if (rehearse) return { changes: await writer.rehearse(origin, decide) };
    return { changes: (await writer.write(origin, decide)).changes };
  } catch (error) {
    if (error instanceof FaultyFile) return { faults: error.faults };
    throw error;
  }
}

const NOTHING = { put: [], remove: [] };

const passwordsOf = ({ users }: OpenedConfigurationFile): Map<string, string> =>
  new Map(
    users.flatMap(({ email, password }) =>
      password === undefined ? [] : [[email.toLowerCase(), password]],
    ),
  );
