import {
  type ConfigurationFault,
  ConfigurationFile,
  OpenedConfigurationFile,
} from '@countersign/protocol';
import { Value } from 'typebox/value';
import type { Document } from 'yaml';
import { checkConditions } from './check-conditions.ts';
import { checkShape } from './check-shape.ts';
import { checkValues } from './check-values.ts';
import type { FileFaults } from './faults.ts';
import { createKnownNames, type StoredName } from './known-names.ts';
import { readSecret, type SecretReaders } from './read-secret.ts';
import { checkReferences } from './references.ts';
import { readSyntax } from './syntax.ts';
import { checkUniqueNames } from './unique-names.ts';
import { reportUnsupported } from './unsupported.ts';

export { inlineSecrets } from './inline-secrets.ts';
export type { StoredName } from './known-names.ts';
export { localReaders, remoteReaders, type SecretReaders } from './read-secret.ts';

export interface ParseOptions extends SecretReaders {
  /** What is stored already: references may point at it. */
  stored?: readonly StoredName[];
}

export type ParseResult = { ok: OpenedConfigurationFile } | { faults: ConfigurationFault[] };

/**
 * Reads a configuration file: all of it, or every fault of it, sorted by line. Faults say where, and
 * what was expected; a secret's value is in none of them.
 */
export function parseConfigurationFile(text: string, options: ParseOptions): ParseResult {
  const { document, faults } = readSyntax(text);
  const file = document && readShape(document, faults, options);
  if (file) checkMeaning(file, faults, options.stored ?? []);
  const found = faults.all();
  return file && found.length === 0 ? { ok: file } : { faults: found };
}

/** Null when there is a fault: what names mean is only asked of a whole file. */
function readShape(
  document: Document,
  faults: FileFaults,
  readers: SecretReaders,
): OpenedConfigurationFile | null {
  const value = checkShape(document, ConfigurationFile, faults, (source) =>
    readSecret(source, readers),
  );
  if (Value.Check(OpenedConfigurationFile, value)) return value;
  if (faults.all().length === 0) throw new Error('the file reader and the schema disagree');
  return null;
}

function checkMeaning(
  file: OpenedConfigurationFile,
  faults: FileFaults,
  stored: readonly StoredName[],
): void {
  checkUniqueNames(file, stored, faults);
  checkReferences(file, createKnownNames(file, stored, faults), faults);
  checkConditions(file, faults);
  checkValues(file, faults);
  reportUnsupported(file, faults);
}
