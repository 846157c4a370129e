import {
  ConfigurationEntries,
  ConfigurationEntry,
  ObjectEffects,
  ObjectFault,
  ObjectReference,
  Problem,
  Section,
} from '@countersign/protocol';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import {
  type ConfigurationWriter,
  readDrafts,
  type WatchedConfiguration,
} from '../../configuration/index.ts';
import { type Clock, type Database, Fault, type Http, notFound } from '../../platform/index.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { applyingAs, type Identify, requireRole } from '../identify.ts';
import { createObject, deleteObject, RefusedChange, replaceObject } from './change-object.ts';
import { shownForm } from './file-object.ts';
import { type EffectParts, effectsOf, endSessionsOf } from './object-effects.ts';
import { rolesFor } from './permissions.ts';
import { entryOf, readEntries, usedBy, withDraft } from './read-entries.ts';

const tags = ['Configuration'];
/** A picture of a rich message is in its object. */
const BODY_LIMIT_BYTES = 1_048_576;

const Of = Type.Object({ section: Section });
const One = Type.Object({ section: Section, id: Type.String({ format: 'uuid' }) });
const Given = Type.Unknown({ description: 'as in the section of the configuration file' });
export const Version = Type.Integer({ minimum: 0, description: 'the one that was seen' });

const Faulty = Type.Intersect([Problem, Type.Object({ faults: Type.Array(ObjectFault) })]);
const Conflict = Type.Intersect([
  Problem,
  Type.Object({
    current: Type.Optional(ConfigurationEntry),
    usedBy: Type.Optional(Type.Array(ObjectReference)),
    usedByCount: Type.Optional(Type.Integer()),
    openConversations: Type.Optional(Type.Integer()),
  }),
]);
export const refusals = { 409: Conflict, 422: Faulty };

export interface ObjectRouteParts extends EffectParts {
  http: Http;
  identify: Identify;
  database: Database;
  clock: Clock;
  configuration: WatchedConfiguration;
  writer: ConfigurationWriter;
}

/** Every object of the configuration file, one by one. */
export function objectRoutes(parts: ObjectRouteParts): void {
  readRoutes(parts);
  writeRoutes(parts);
  deleteRoute(parts);
}

function readRoutes(parts: ObjectRouteParts): void {
  const { http, identify, configuration, database, clock } = parts;

  http.get(
    '/api/configuration/:section',
    {
      schema: {
        tags,
        params: Of,
        querystring: Type.Object({
          search: Type.Optional(Type.String({ maxLength: 256, description: 'part of the name' })),
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
          cursor: Type.Optional(Type.String({ maxLength: 64 })),
        }),
        response: { 200: ConfigurationEntries },
      },
    },
    async (request) => {
      const { section } = request.params;
      await requireRole(identify, request, rolesFor(section, 'read'));
      const stored = configuration.stored();
      const page = readEntries(stored, { section, ...request.query });
      if (section !== 'messengerConfigurations') return page;
      const drafts = await readDrafts(database.kysely);
      const published = page.items.map((entry) => {
        const draft = drafts.find(({ id }) => id === entry.id);
        return draft ? withDraft(stored, entry, draft) : entry;
      });
      // What was never published is few, and is not paged
      const known = new Set(configuration.current().configurations.keys());
      const fresh = request.query.cursor ? [] : drafts.filter(({ id }) => !known.has(id));
      const unpublished = fresh.map((draft) => withDraft(stored, null, draft));
      return { ...page, items: [...unpublished, ...published] };
    },
  );

  http.get(
    '/api/configuration/:section/:id',
    {
      schema: {
        tags,
        params: One,
        querystring: Type.Object({
          secrets: Type.Boolean({
            default: false,
            description: 'in clear; needs the role secrets',
          }),
        }),
        response: { 200: ConfigurationEntry },
      },
    },
    async (request) => {
      const { section, id } = request.params;
      const staff = await requireRole(identify, request, rolesFor(section, 'read'));
      if (!request.query.secrets) return readEntry(parts, section, id);
      const author = applyingAs(staff);
      if (!author.roles.includes('secrets')) {
        throw new Fault('forbidden', 403, 'Reading secrets needs the role secrets.');
      }
      const stored = configuration.stored();
      const found = stored.find((object) => object.kind === section && object.id === id);
      if (!found) throw notFound('object');
      const deed = {
        action: 'secret-read',
        section,
        objectId: id,
        objectName: found.name,
      } as const;
      await recordAudit(database.kysely, clock, author.origin, deed);
      return entryOf(stored, found, shownForm);
    },
  );

  http.get(
    '/api/configuration/:section/:id/effects',
    { schema: { tags, params: One, response: { 200: ObjectEffects } } },
    async (request) => {
      const { section, id } = request.params;
      await requireRole(identify, request, rolesFor(section, 'read'));
      await readEntry(parts, section, id);
      return effectsOf(parts, configuration.stored(), { section, id });
    },
  );
}

/** Fault `not_found` 404. */
export async function readEntry(
  { configuration, database }: Pick<ObjectRouteParts, 'configuration' | 'database'>,
  section: Section,
  id: string,
): Promise<ConfigurationEntry> {
  const stored = configuration.stored();
  const found = stored.find((object) => object.kind === section && object.id === id);
  const entry = found ? entryOf(stored, found) : null;
  const [draft] =
    section === 'messengerConfigurations' ? await readDrafts(database.kysely, id) : [];
  if (draft) return withDraft(stored, entry, draft);
  if (!entry) throw notFound('object');
  return entry;
}

function writeRoutes(parts: ObjectRouteParts): void {
  const { http, identify, configuration } = parts;

  http.post(
    '/api/configuration/:section',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        tags,
        params: Of,
        body: Type.Object({ object: Given }, { additionalProperties: false }),
        response: { 201: ConfigurationEntry, ...refusals },
      },
    },
    async (request, reply) => {
      const { section } = request.params;
      const staff = await requireRole(identify, request, rolesFor(section, 'write'));
      const object = objectIn(request.body.object);
      return answered(parts, reply, section, null, async () => {
        const id = await createObject(parts, { section, object }, applyingAs(staff));
        await configuration.refresh();
        reply.code(201);
        return id;
      });
    },
  );

  http.put(
    '/api/configuration/:section/:id',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        tags,
        params: One,
        body: Type.Object({ object: Given, version: Version }, { additionalProperties: false }),
        response: { 200: ConfigurationEntry, ...refusals },
      },
    },
    async (request, reply) => {
      const { section, id } = request.params;
      const staff = await requireRole(identify, request, rolesFor(section, 'write'));
      const { version } = request.body;
      const object = objectIn(request.body.object);
      return answered(parts, reply, section, id, async () => {
        await replaceObject(parts, { section, id, object, version }, applyingAs(staff));
        await configuration.refresh();
        return id;
      });
    },
  );
}

/** The object as it is now, or why it stayed as it was. */
export async function answered(
  parts: Pick<ObjectRouteParts, 'configuration' | 'database'>,
  reply: FastifyReply,
  section: Section,
  id: string | null,
  change: () => Promise<string>,
): Promise<FastifyReply> {
  try {
    return reply.send(await readEntry(parts, section, await change()));
  } catch (error) {
    if (error instanceof RefusedChange) return refused(parts, reply, section, id, error);
    throw error;
  }
}

async function refused(
  parts: Pick<ObjectRouteParts, 'configuration' | 'database'>,
  reply: FastifyReply,
  section: Section,
  id: string | null,
  { refusal }: RefusedChange,
): Promise<FastifyReply> {
  const send = (problem: Problem, more: object) =>
    reply
      .code(problem.status)
      .type('application/problem+json')
      .send({ ...problem, ...more });
  if (refusal.because === 'faults') {
    return send(problems.faulty(refusal.faults.length), { faults: refusal.faults });
  }
  if (refusal.because === 'in-use') {
    return send(problems.inUse, usedBy(parts.configuration.stored(), id ?? ''));
  }
  await parts.configuration.refresh();
  return send(problems.changed, { current: await readEntry(parts, section, id ?? '') });
}

const problem = (status: number, title: string, code: string, detail: string): Problem => ({
  type: 'about:blank',
  ...{ title, status, code, detail },
});

const problems = {
  faulty: (count: number) =>
    problem(
      422,
      'Unprocessable Content',
      'invalid_configuration',
      `The object has ${count === 1 ? 'a fault' : `${count} faults`}. Nothing was changed.`,
    ),
  inUse: problem(
    409,
    'Conflict',
    'in_use',
    'Other objects refer to it. Change them first; nothing was deleted.',
  ),
  changed: problem(
    409,
    'Conflict',
    'changed_meanwhile',
    'Somebody else has changed it since. Nothing was written.',
  ),
};

/** Fault `invalid_request` 400. */
export function objectIn(given: unknown): object {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  throw new Fault('invalid_request', 400, '`object` is an object as in the configuration file.');
}

function deleteRoute(parts: ObjectRouteParts): void {
  const { http, identify, configuration } = parts;
  http.delete(
    '/api/configuration/:section/:id',
    {
      schema: {
        tags,
        params: One,
        querystring: Type.Object({ version: Version }),
        response: { 204: Type.Null(), 409: Conflict },
      },
    },
    async (request, reply) => {
      const { section, id } = request.params;
      const { version } = request.query;
      const staff = await requireRole(identify, request, rolesFor(section, 'write'));
      const author = applyingAs(staff);
      const { openConversations } = await effectsOf(parts, configuration.stored(), { section, id });
      if (openConversations > 0) return reply.code(409).send({ ...hangs(openConversations) });
      try {
        await deleteObject(parts, { section, id, version }, author);
      } catch (error) {
        if (error instanceof RefusedChange) return refused(parts, reply, section, id, error);
        throw error;
      }
      await configuration.refresh();
      await endSessionsOf(parts, { section, id }, author.origin.actor.name);
      return reply.code(204).send(null);
    },
  );
}

const hangs = (openConversations: number) => ({
  ...problem(
    409,
    'Conflict',
    'in_use',
    `${openConversations} open conversations hang on it. End or transfer them first; nothing was deleted.`,
  ),
  openConversations,
});
