import type { OpenedConfigurationFile } from '@countersign/protocol';
import type { FileFaults } from './faults.ts';
import { namedObjects, type Section, type StoredName, sectionName } from './known-names.ts';

/** Every object has one name and one id, within the file and beside what is stored. */
export function checkUniqueNames(
  file: OpenedConfigurationFile,
  stored: readonly StoredName[],
  faults: FileFaults,
): void {
  for (const section of sections(file)) {
    const seenNames = new Map<string, number>();
    const seenIds = new Map<string, number>();
    namedObjects(file, section).forEach(({ id, name, key }, index) => {
      const path = `${section}[${index}]`;
      once(seenNames, name, index, { path: `${path}.${key}`, section, key }, faults);
      if (id) once(seenIds, id, index, { path: `${path}.id`, section, key: 'id' }, faults);
    });
    checkTaken(file, section, stored, faults);
  }
  checkUniqueTokens(file, faults);
}

const sections = (file: OpenedConfigurationFile): Section[] => {
  const isSection = (key: string): key is Section => key in file;
  return Object.keys(file).filter(isSection);
};

function once(
  seen: Map<string, number>,
  value: string,
  index: number,
  { path, section, key }: { path: string; section: Section; key: string },
  faults: FileFaults,
): void {
  const first = seen.get(value);
  if (first === undefined) seen.set(value, index);
  else {
    const shown = JSON.stringify(value);
    faults.report(path, `expected another ${key}: ${section}[${first}] has ${shown} already`);
  }
}

/** A name of an object with an id of its own must not be that of another stored one. */
function checkTaken(
  file: OpenedConfigurationFile,
  section: Section,
  stored: readonly StoredName[],
  faults: FileFaults,
): void {
  const objects = namedObjects(file, section);
  const byName = new Map(
    stored.filter(({ kind }) => kind === section).map((object) => [object.name, object]),
  );
  const renamed = new Map(objects.flatMap(({ id, name }) => (id ? [[id, name]] : [])));
  objects.forEach(({ id, name, key }, index) => {
    const owner = byName.get(name);
    if (!id || !owner || owner.id === id) return;
    if ((renamed.get(owner.id) ?? name) !== name) return;
    const what = sectionName(section);
    faults.report(
      `${section}[${index}].${key}`,
      `expected another ${key}: the stored ${what} with the id ${owner.id} has it`,
    );
  });
}

function checkUniqueTokens(file: OpenedConfigurationFile, faults: FileFaults): void {
  const seen = new Map<string, number>();
  file.apiKeys.forEach(({ token }, index) => {
    if (token === undefined) return;
    const first = seen.get(token);
    if (first === undefined) seen.set(token, index);
    else
      faults.report(`apiKeys[${index}].token`, `expected another token than apiKeys[${first}] has`);
  });
}
