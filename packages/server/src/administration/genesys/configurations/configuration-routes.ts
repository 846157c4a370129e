import { type Static, Type } from 'typebox';
import { readPublished } from '../../../configuration/index.ts';
import { notFound } from '../../../platform/index.ts';
import { applyingAs, requireRole } from '../../identify.ts';
import { discardDraft } from '../../objects/change-draft.ts';

import { rolesFor } from '../../objects/permissions.ts';
import { CursorQuery, cursorPage } from '../pages.ts';
import { One, tags, type VendorParts } from '../parts.ts';
import { removeObject } from '../remove-object.ts';
import { createConfiguration, publishConfiguration, replaceDraft } from './change-configuration.ts';
import { GivenConfiguration } from './given-configuration.ts';
import {
  type Configuration,
  draftOf,
  readConfiguration,
  readConfigurations,
  stateOf,
} from './read-configuration.ts';
import {
  type ConfigurationState,
  configurationsPath as path,
  ShownConfiguration,
  shownConfiguration,
} from './shown-configuration.ts';

const section = 'messengerConfigurations';
const Version = Type.Object({ ...One.properties, version: Type.String({ maxLength: 16 }) });
const ListQuery = Type.Object({
  ...CursorQuery.properties,
  showOnlyPublished: Type.Boolean({ default: false }),
});
const Listing = Type.Object(
  { entities: Type.Array(ShownConfiguration), total: Type.Integer(), selfUri: Type.String() },
  { additionalProperties: true },
);
const answer = { 200: ShownConfiguration };
const readers = rolesFor(section, 'read');
const writers = rolesFor(section, 'write');

/** Messenger configurations in the words of Genesys. */
export function configurationRoutes(parts: VendorParts): void {
  readRoutes(parts);
  versionRoutes(parts);
  writeRoutes(parts);
}

function readRoutes(parts: VendorParts): void {
  const { http, identify } = parts;

  http.get(
    path,
    { schema: { tags, querystring: ListQuery, response: { 200: Listing } } },
    async (request) => {
      await requireRole(identify, request, readers);
      const { showOnlyPublished, ...query } = request.query;
      const all = await readConfigurations(parts);
      const states = showOnlyPublished
        ? all.flatMap(({ published }) => (published ? [stateOf(published)] : []))
        : all.map(newest);
      const kept = { ...(showOnlyPublished && { showOnlyPublished: 'true' }) };
      return page(states, ({ id }) => id, path, query, kept);
    },
  );

  http.get(
    `${path}/:id/versions/draft`,
    { schema: { tags, params: One, response: answer } },
    async (request) => {
      await requireRole(identify, request, readers);
      return shownConfiguration(draftOf(await readConfiguration(parts, request.params.id)));
    },
  );
}

/** What is not published yet, else what was published last. */
const newest = (configuration: Configuration): ConfigurationState =>
  configuration.published && !configuration.draft
    ? stateOf(configuration.published)
    : draftOf(configuration);

function page(
  states: readonly ConfigurationState[],
  idOf: (state: ConfigurationState) => string,
  uri: string,
  query: Static<typeof CursorQuery>,
  kept: Record<string, string> = {},
) {
  const found = cursorPage(states, idOf, uri, query, kept);
  return { ...found, entities: found.entities.map(shownConfiguration) };
}

function versionRoutes(parts: VendorParts): void {
  const { http, identify, database } = parts;
  const publishedOf = async (id: string): Promise<ConfigurationState[]> => {
    await readConfiguration(parts, id);
    const versions = await readPublished(database.kysely, id);
    return versions.map(({ publishedAt: at, publishedBy: by, ...rest }) => ({
      ...{ ...rest, id, at, by },
    }));
  };

  http.get(
    `${path}/:id/versions`,
    { schema: { tags, params: One, querystring: CursorQuery, response: { 200: Listing } } },
    async (request) => {
      await requireRole(identify, request, readers);
      const { id } = request.params;
      const states = await publishedOf(id);
      return page(states, ({ version }) => `${version}`, `${path}/${id}/versions`, request.query);
    },
  );

  http.get(
    `${path}/:id/versions/:version`,
    { schema: { tags, params: Version, response: answer } },
    async (request) => {
      await requireRole(identify, request, readers);
      const { id, version } = request.params;
      const found = (await publishedOf(id)).find((state) => `${state.version}` === version);
      if (!found) throw notFound('version');
      return shownConfiguration(found);
    },
  );
}

function writeRoutes(parts: VendorParts): void {
  const { http, identify } = parts;

  http.post(
    path,
    { schema: { tags, body: GivenConfiguration, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const id = await createConfiguration(parts, request.body, author);
      return shownConfiguration(draftOf(await readConfiguration(parts, id)));
    },
  );

  http.put(
    `${path}/:id/versions/draft`,
    { schema: { tags, params: One, body: GivenConfiguration, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const { id } = request.params;
      await replaceDraft(parts, id, request.body, author);
      return shownConfiguration(draftOf(await readConfiguration(parts, id)));
    },
  );

  http.post(
    `${path}/:id/versions/draft/publish`,
    { schema: { tags, params: One, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      return shownConfiguration(await publishConfiguration(parts, request.params.id, author));
    },
  );

  http.delete(
    `${path}/:id`,
    { schema: { tags, params: One, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const { id } = request.params;
      const { published } = await readConfiguration(parts, id);
      if (published) await removeObject(parts, { section, id, version: published.version }, author);
      else await discardDraft(parts, id, author);
      return reply.code(204).send(null);
    },
  );
}
