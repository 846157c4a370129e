import type { ConfigurationEntry, ObjectReference, Section } from '@countersign/protocol';
import type { StoredObject, UnpublishedConfiguration } from '../../configuration/index.ts';
import { fileObject, type SecretForm, sealedForm } from './file-object.ts';
import { type Names, namesOf, ofKind, type References, referencesOf } from './names.ts';

/** How many referring objects an entry names. */
const NAMED = 20;

/** What is asked of objects again and again while they stay the same. */
interface Index {
  names: Names;
  references: References;
  bySection: Map<Section, StoredObject[]>;
}

const indexes = new WeakMap<readonly StoredObject[], Index>();

function indexOf(stored: readonly StoredObject[]): Index {
  const known = indexes.get(stored);
  if (known) return known;
  const index: Index = {
    names: namesOf(stored),
    references: referencesOf(stored),
    bySection: new Map(),
  };
  indexes.set(stored, index);
  return index;
}

/** By name, as people sort names. */
function sorted(stored: readonly StoredObject[], section: Section): StoredObject[] {
  const { bySection } = indexOf(stored);
  const known = bySection.get(section);
  if (known) return known;
  const list: StoredObject[] = [...ofKind(stored, section)];
  list.sort((a, b) => byName.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
  bySection.set(section, list);
  return list;
}

const byName = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

export interface EntryQuery {
  section: Section;
  search?: string;
  limit: number;
  /** `next` of the page before: the id of its last entry. */
  cursor?: string;
}

/** A page of a section. A cursor whose object is gone begins at the beginning. */
export function readEntries(
  stored: readonly StoredObject[],
  { section, search = '', limit, cursor }: EntryQuery,
): { items: ConfigurationEntry[]; next?: string; total: number } {
  const all = sorted(stored, section);
  const wanted = search.toLowerCase();
  const found = wanted ? all.filter((object) => isFound(object, wanted)) : all;
  const start = cursor === undefined ? 0 : found.findIndex(({ id }) => id === cursor) + 1;
  const page = found.slice(start, start + limit);
  const last = page.at(-1);
  return {
    items: page.map((object) => withoutPictures(entryOf(stored, object))),
    total: all.length,
    ...(last && start + limit < found.length ? { next: last.id } : {}),
  };
}

const isFound = ({ name, kind, body }: StoredObject, wanted: string): boolean =>
  name.toLowerCase().includes(wanted) ||
  (kind === 'users' && body.displayName.toLowerCase().includes(wanted));

function withoutPictures(entry: ConfigurationEntry): ConfigurationEntry {
  if (entry.section !== 'richMessages') return entry;
  const text = JSON.stringify(entry.object, (key, value) => (key === 'image' ? undefined : value));
  return { ...entry, object: JSON.parse(text) };
}

export function entryOf(
  stored: readonly StoredObject[],
  object: StoredObject,
  form: SecretForm = sealedForm,
): ConfigurationEntry {
  const { names } = indexOf(stored);
  const { id, kind: section, name, version, updatedAt, updatedBy } = object;
  return {
    ...{ id, section, name, version, updatedBy },
    updatedAt: updatedAt.toISOString(),
    object: fileObject(object, names, form),
    ...usedBy(stored, id),
  };
}

export function usedBy(
  stored: readonly StoredObject[],
  id: string,
): { usedBy: ObjectReference[]; usedByCount: number } {
  const referring = indexOf(stored).references.to(id);
  return {
    usedBy: referring.slice(0, NAMED).map(({ kind, id, name }) => ({ section: kind, id, name })),
    usedByCount: referring.length,
  };
}

/** An entry with what has been changed of it and is not published. */
export function withDraft(
  stored: readonly StoredObject[],
  entry: ConfigurationEntry | null,
  draft: UnpublishedConfiguration,
): ConfigurationEntry {
  const { id, name, body, version, updatedBy } = draft;
  const kind = 'messengerConfigurations';
  const object = fileObject({ kind, id, name, body }, namesOf(stored), sealedForm);
  const updatedAt = draft.updatedAt.toISOString();
  const unpublished = { object, version, updatedAt, updatedBy };
  if (entry) return { ...entry, draft: unpublished };
  return {
    ...{ id, section: kind, name, version: 0, updatedAt, updatedBy, object },
    ...usedBy(stored, id),
    draft: unpublished,
  };
}
