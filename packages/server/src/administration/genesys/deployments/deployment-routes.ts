import { Type } from 'typebox';
import { newId, notFound } from '../../../platform/index.ts';
import type { Applying } from '../../apply-configuration.ts';
import { applyingAs, requireRole } from '../../identify.ts';
import { createObject, replaceObject } from '../../objects/change-object.ts';
import { fileObject, sealedForm } from '../../objects/file-object.ts';
import { namesOf, ofKind } from '../../objects/names.ts';
import { rolesFor } from '../../objects/permissions.ts';
import { stateOf } from '../configurations/read-configuration.ts';
import { ShownConfiguration, shownConfiguration } from '../configurations/shown-configuration.ts';
import { CursorQuery, cursorPage } from '../pages.ts';
import { One, tags, type VendorParts } from '../parts.ts';
import { removeObject } from '../remove-object.ts';
import { changing, invalidAt } from '../vendor-fault.ts';
import { GivenDeployment } from './given-deployment.ts';
import {
  type Deployment,
  deploymentsPath as path,
  ShownDeployment,
  shownDeployment,
} from './shown-deployment.ts';
import { deploymentPlace, toBody } from './to-body.ts';

const section = 'deployments';
const answer = { 200: ShownDeployment };
const readers = rolesFor(section, 'read');
const writers = rolesFor(section, 'write');
const Listing = Type.Object(
  { entities: Type.Array(ShownDeployment), total: Type.Integer(), selfUri: Type.String() },
  { additionalProperties: true },
);

/** Deployments in the words of Genesys. */
export function deploymentRoutes(parts: VendorParts): void {
  readRoutes(parts);
  writeRoutes(parts);
}

/** As it is stored now, on whichever node it was written. Fault `not_found` 404. */
export async function readDeployment(parts: VendorParts, id: string): Promise<Deployment> {
  await parts.configuration.refresh();
  const found = ofKind(parts.configuration.stored(), section).find((object) => object.id === id);
  if (!found) throw notFound('deployment');
  return found;
}

function readRoutes(parts: VendorParts): void {
  const { http, identify, configuration } = parts;

  http.get(
    path,
    { schema: { tags, querystring: CursorQuery, response: { 200: Listing } } },
    async (request) => {
      await requireRole(identify, request, readers);
      await configuration.refresh();
      const all = [...ofKind(configuration.stored(), section)];
      all.sort((a, b) => (a.name < b.name ? -1 : 1));
      const page = cursorPage(all, ({ id }) => id, path, request.query);
      return { ...page, entities: page.entities.map((object) => shown(parts, object)) };
    },
  );

  http.get(`${path}/:id`, { schema: { tags, params: One, response: answer } }, async (request) => {
    await requireRole(identify, request, readers);
    return shown(parts, await readDeployment(parts, request.params.id));
  });

  http.get(
    `${path}/:id/configurations`,
    {
      schema: {
        tags,
        params: One,
        response: {
          200: Type.Object({
            configurationVersion: ShownConfiguration,
            deployment: ShownDeployment,
          }),
        },
      },
    },
    async (request) => {
      await requireRole(identify, request, readers);
      const deployment = await readDeployment(parts, request.params.id);
      return {
        configurationVersion: shownConfiguration(stateOf(configurationOf(parts, deployment))),
        deployment: shown(parts, deployment),
      };
    },
  );
}

function configurationOf({ configuration }: VendorParts, { body }: Deployment) {
  const all = ofKind(configuration.stored(), 'messengerConfigurations');
  const found = all.find(({ id }) => id === body.configurationId);
  if (!found) throw new Error('a deployment without its configuration');
  return found;
}

function shown(parts: VendorParts, deployment: Deployment) {
  const { configuration, publicUrl } = parts;
  const { version } = configurationOf(parts, deployment);
  return shownDeployment(deployment, {
    names: namesOf(configuration.stored()),
    version,
    publicUrl,
  });
}

function writeRoutes(parts: VendorParts): void {
  const { http, identify } = parts;

  http.post(
    path,
    { schema: { tags, body: GivenDeployment, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const id = newId();
      await parts.configuration.refresh();
      await put(parts, id, null, request.body, author);
      return shown(parts, await readDeployment(parts, id));
    },
  );

  http.put(
    `${path}/:id`,
    { schema: { tags, params: One, body: GivenDeployment, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const { id } = request.params;
      await put(parts, id, await readDeployment(parts, id), request.body, author);
      return shown(parts, await readDeployment(parts, id));
    },
  );

  http.delete(
    `${path}/:id`,
    { schema: { tags, params: One, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const { id } = request.params;
      const { version } = await readDeployment(parts, id);
      await removeObject(parts, { section, id, version }, author);
      return reply.code(204).send(null);
    },
  );
}

async function put(
  parts: VendorParts,
  id: string,
  before: Deployment | null,
  given: GivenDeployment,
  author: Applying,
): Promise<void> {
  const name = given.name ?? before?.name;
  if (name === undefined) throw invalidAt('name', 'expected a name');
  const stored = parts.configuration.stored();
  const body = toBody(given, before?.body ?? null, stored);
  const object = fileObject({ kind: section, id, name, body }, namesOf(stored), sealedForm);
  await changing(deploymentPlace, async () => {
    if (!before) await createObject(parts, { section, object: { ...object, id } }, author);
    else await replaceObject(parts, { section, id, object, version: before.version }, author);
  });
}
