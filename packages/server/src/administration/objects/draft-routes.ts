import { ConfigurationEntry, PublishedVersion } from '@countersign/protocol';
import { Type } from 'typebox';
import { readPublished } from '../../configuration/index.ts';
import { newId, notFound } from '../../platform/index.ts';
import { applyingAs, requireRole } from '../identify.ts';
import { discardDraft, publishDraft, saveDraft } from './change-draft.ts';
import { fileObject, sealedForm } from './file-object.ts';
import { namesOf } from './names.ts';
import {
  answered,
  type ObjectRouteParts,
  objectIn,
  readEntry,
  refusals,
  Version,
} from './object-routes.ts';
import { rolesFor } from './permissions.ts';

const tags = ['Configuration'];
const section = 'messengerConfigurations';
const path = `/api/configuration/${section}`;
const One = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Given = Type.Unknown({ description: 'a messenger configuration as in the file' });

/** Messenger configurations before they are published, and their versions since. */
export function draftRoutes(parts: ObjectRouteParts): void {
  const { http, identify, configuration, database } = parts;
  const writer = rolesFor(section, 'write');

  http.post(
    `${path}/drafts`,
    {
      schema: {
        tags,
        body: Type.Object({ object: Given }, { additionalProperties: false }),
        response: { 201: ConfigurationEntry, ...refusals },
      },
    },
    async (request, reply) => {
      const author = applyingAs(await requireRole(identify, request, writer));
      const object = objectIn(request.body.object);
      const id = newId();
      return answered(parts, reply, section, id, async () => {
        await saveDraft(parts, { id, object, version: 0 }, author);
        reply.code(201);
        return id;
      });
    },
  );

  http.put(
    `${path}/:id/draft`,
    {
      schema: {
        tags,
        params: One,
        body: Type.Object({ object: Given, version: Version }, { additionalProperties: false }),
        response: { 200: ConfigurationEntry, ...refusals },
      },
    },
    async (request, reply) => {
      const author = applyingAs(await requireRole(identify, request, writer));
      const { id } = request.params;
      const { version } = request.body;
      const object = objectIn(request.body.object);
      return answered(parts, reply, section, id, async () => {
        await readEntry(parts, section, id);
        await saveDraft(parts, { id, object, version }, author);
        return id;
      });
    },
  );

  http.delete(
    `${path}/:id/draft`,
    { schema: { tags, params: One, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const author = applyingAs(await requireRole(identify, request, writer));
      await discardDraft(parts, request.params.id, author);
      return reply.code(204).send(null);
    },
  );

  http.post(
    `${path}/:id/publish`,
    {
      schema: {
        tags,
        params: One,
        body: Type.Object({ version: Version }, { additionalProperties: false }),
        response: { 200: ConfigurationEntry, ...refusals },
      },
    },
    async (request, reply) => {
      const author = applyingAs(await requireRole(identify, request, writer));
      const { id } = request.params;
      const { version } = request.body;
      return answered(parts, reply, section, id, async () => {
        await publishDraft(parts, { id, version }, author);
        await configuration.refresh();
        return id;
      });
    },
  );

  http.get(
    `${path}/:id/versions`,
    {
      schema: {
        tags,
        params: One,
        response: { 200: Type.Object({ items: Type.Array(PublishedVersion) }) },
      },
    },
    async (request) => {
      await requireRole(identify, request, rolesFor(section, 'read'));
      const { id } = request.params;
      const versions = await readPublished(database.kysely, id);
      if (versions.length === 0) throw notFound('object');
      const names = namesOf(configuration.stored());
      return {
        items: versions.map(({ version, name, body, publishedAt, publishedBy }) => ({
          version,
          publishedAt: publishedAt.toISOString(),
          publishedBy,
          object: fileObject({ kind: section, id, name, body }, names, sealedForm),
        })),
      };
    },
  );
}
