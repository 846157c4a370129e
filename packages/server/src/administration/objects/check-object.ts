import type { ObjectFault, OpenedConfigurationFile, Section } from '@countersign/protocol';
import type { Draft, StoredObject } from '../../configuration/index.ts';
import { parseConfigurationFile, remoteReaders } from '../configuration-file/index.ts';
import { sectionName } from '../configuration-file/known-names.ts';
import { draftsOf } from '../drafts.ts';
import { fileObject, openForm } from './file-object.ts';
import { isSameObject, namesOf, referencesOf, textsOf } from './names.ts';

export interface GivenObject {
  section: Section;
  id: string;
  /** As in the file, secrets in it. */
  object: object;
}

export type CheckedObject =
  | { draft: Draft; file: OpenedConfigurationFile }
  | { faults: ObjectFault[] };

/**
 * Holds one object against every rule of the configuration file, beside those it refers to and those that
 * refer to it: a workstream cannot change its channel under a deployment.
 */
export function checkObject(given: GivenObject, stored: readonly StoredObject[]): CheckedObject {
  const { section, id, object } = given;
  const neighbours = neighboursOf(given, stored);
  const file: Record<string, object[]> = { [section]: [{ ...object, id }] };
  const places = new Map<string, StoredObject>();
  const names = namesOf(stored, { id, name: nameIn(object) });
  for (const neighbour of neighbours) {
    const { kind } = neighbour;
    const list = file[kind] ?? [];
    places.set(`${kind}[${list.length}]`, neighbour);
    file[kind] = [...list, { ...fileObject(neighbour, names, openForm), id: neighbour.id }];
  }
  const parsed = parseConfigurationFile(asYaml(file), { ...remoteReaders, stored });
  if ('faults' in parsed) {
    return { faults: parsed.faults.map((fault) => ownFault(fault, section, places)) };
  }
  const drafts = draftsOf(parsed.ok, stored, () => id);
  const draft = drafts.find((item) => isSameObject(item, { kind: section, id }));
  if (!draft) throw new Error('an object passed the checks and is not among the drafts');
  return { draft, file: parsed.ok };
}

/** What the object named before and names now is in it with all its names, so that a rename is seen. */
function neighboursOf(
  { section, id, object }: GivenObject,
  stored: readonly StoredObject[],
): StoredObject[] {
  const references = referencesOf(stored);
  const texts = new Set(textsOf(object));
  const isNamed = ({ kind, name }: StoredObject) => NAMED.has(kind) && texts.has(name);
  const referring = references.to(id).filter(({ kind }) => REFERRING.has(kind));
  const found = new Set([...stored.filter(isNamed), ...referring]);
  return [...found].filter((item) => !isSameObject(item, { kind: section, id }));
}

/** What the rules look into: of other kinds it is enough that the name is known. */
const NAMED = new Set(['authenticationSettings', 'workstreams', 'richMessages']);
const REFERRING = new Set(['deployments', 'appleAccounts', 'messengerConfigurations']);

function nameIn(object: object): string {
  const [name] = ['email', 'name', 'url'].flatMap((key) => {
    const value: unknown = Reflect.get(object, key);
    return typeof value === 'string' ? [key === 'email' ? value.toLowerCase() : value] : [];
  });
  return name ?? '';
}

/** JSON is YAML 1.2; these three are line breaks to some readers of it. */
const asYaml = (file: object): string =>
  JSON.stringify(file).replace(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The path within the object; what a neighbour would suffer is said of the whole. */
function ownFault(
  { path, message }: ObjectFault,
  section: Section,
  places: ReadonlyMap<string, StoredObject>,
): ObjectFault {
  const own = `${section}[0]`;
  if (path === own) return { path: '', message };
  if (path.startsWith(`${own}.`)) return { path: path.slice(own.length + 1), message };
  const [place = ''] = /^\w+\[\d+\]/.exec(path) ?? [];
  const neighbour = places.get(place);
  if (!neighbour) return { path: '', message };
  return { path: '', message: `${sectionName(neighbour.kind)} ${neighbour.name}: ${message}` };
}
