import {
  type ConfigurationFault,
  ConfigurationFile,
  OpenedConfigurationFile,
} from '@countersign/protocol';
import { Value } from 'typebox/value';
import { checkApple } from './check-apple.ts';
import { checkConditions } from './check-conditions.ts';
import { checkShape } from './check-shape.ts';
import { checkValues } from './check-values.ts';
import type { FileFaults } from './faults.ts';
import { createKnownNames, type Section, type StoredName } from './known-names.ts';
import { readSecret, type SecretReaders } from './read-secret.ts';
import { checkReferences } from './references.ts';
import { readSyntax } from './syntax.ts';
import { checkUniqueNames } from './unique-names.ts';
import { namesOfBroken, wholeObjects } from './whole-objects.ts';

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
  if (!document) return { faults: faults.all() };
  const value = checkShape(document, ConfigurationFile, faults, (source) =>
    readSecret(source, options),
  );
  checkMeaning(value, faults, options.stored ?? []);
  const found = faults.all();
  if (found.length > 0) return { faults: found };
  if (Value.Check(OpenedConfigurationFile, value)) return { ok: value };
  throw new Error('the reader of the configuration file and its schema disagree');
}

function checkMeaning(value: unknown, faults: FileFaults, stored: readonly StoredName[]): void {
  const file = wholeObjects(value);
  // A misspelt section is one fault, not one more for every name in it.
  const sectionsRead = faults.all().every(({ path }) => /[.[]/.test(path));
  checkUniqueNames(file, stored, faults);
  if (sectionsRead) {
    const broken = (section: Section) => namesOfBroken(value, section);
    checkReferences(file, createKnownNames({ file, stored, broken, faults }), faults);
  }
  checkConditions(file, faults);
  checkValues(file, faults);
  checkApple(file, faults);
}
