import {
  readDrafts,
  type StoredObject,
  type UnpublishedConfiguration,
} from '../../../configuration/index.ts';
import { notFound } from '../../../platform/index.ts';
import { ofKind } from '../../objects/names.ts';
import type { VendorParts } from '../parts.ts';
import type { ConfigurationState } from './shown-configuration.ts';

type Published = Extract<StoredObject, { kind: 'messengerConfigurations' }>;

/** One configuration: what is live of it, and what is not yet. One of the two is there. */
export interface Configuration {
  published: Published | undefined;
  draft: UnpublishedConfiguration | undefined;
}

/** As it is stored now, on whichever node it was written. Fault `not_found` 404. */
export async function readConfiguration(
  { configuration, database }: VendorParts,
  id: string,
): Promise<Configuration> {
  await configuration.refresh();
  const stored = ofKind(configuration.stored(), 'messengerConfigurations');
  const published = stored.find((object) => object.id === id);
  const [draft] = await readDrafts(database.kysely, id);
  if (!published && !draft) throw notFound('configuration');
  return { published, draft };
}

/** All of them, by name. */
export async function readConfigurations({
  configuration,
  database,
}: VendorParts): Promise<Configuration[]> {
  const published = ofKind(configuration.stored(), 'messengerConfigurations');
  const drafts = new Map((await readDrafts(database.kysely)).map((draft) => [draft.id, draft]));
  const known = new Set(published.map(({ id }) => id));
  const all = [
    ...published.map((object) => ({ published: object, draft: drafts.get(object.id) })),
    ...[...drafts.values()]
      .filter(({ id }) => !known.has(id))
      .map((draft) => ({ published: undefined, draft })),
  ];
  return all.sort((a, b) => compare(draftOf(a).name, draftOf(b).name));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** There is always one in their model: ours, or what was published last. */
export function draftOf({ draft, published }: Configuration): ConfigurationState {
  if (draft) return { ...draft, version: null, at: draft.updatedAt, by: draft.updatedBy };
  if (!published) throw new Error('a configuration that is neither published nor a draft');
  return { ...stateOf(published), version: null };
}

export const stateOf = ({
  id,
  name,
  body,
  version,
  updatedAt,
  updatedBy,
}: Published): ConfigurationState => ({ id, name, body, version, at: updatedAt, by: updatedBy });
