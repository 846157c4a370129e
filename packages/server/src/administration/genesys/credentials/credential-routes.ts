import { Type } from 'typebox';
import { applyingAs, requireRole } from '../../identify.ts';
import { rolesFor } from '../../objects/permissions.ts';
import { NumberQuery, numberPage } from '../pages.ts';
import { One, tags, type VendorParts } from '../parts.ts';
import {
  changeCredential,
  createCredential,
  GivenCredential,
  removeCredential,
} from './change-credential.ts';
import {
  CREDENTIAL_TYPE,
  credentialsPath as path,
  readCredential,
  readCredentials,
} from './credential.ts';
import { ShownCredential, shownCredential } from './shown-credential.ts';

const section = 'authenticationSettings';
const readers = rolesFor(section, 'read');
const writers = rolesFor(section, 'write');
const answer = { 200: ShownCredential };
const listing = { 200: Type.Object({}, { additionalProperties: true }) };

const clientType = {
  name: CREDENTIAL_TYPE,
  properties: {
    type: 'object',
    required: ['clientId', 'clientSecret'],
    properties: { clientId: { type: 'string' }, clientSecret: { type: 'string' } },
  },
  displayOrder: ['clientId', 'clientSecret'],
  required: ['clientId', 'clientSecret'],
};

/** Clients at identity providers. What is secret of them goes in and never comes out. */
export function credentialRoutes(parts: VendorParts): void {
  readRoutes(parts);
  writeRoutes(parts);
}

function readRoutes(parts: VendorParts): void {
  const { http, identify, configuration } = parts;

  http.get(
    path,
    { schema: { tags, querystring: NumberQuery, response: listing } },
    async (request) => {
      await requireRole(identify, request, readers);
      await configuration.refresh();
      const page = numberPage(await readCredentials(parts), path, request.query);
      return { ...page, entities: page.entities.map(shownCredential) };
    },
  );

  http.get(
    `${path}/types`,
    { schema: { tags, querystring: NumberQuery, response: listing } },
    async (request) => {
      await requireRole(identify, request, readers);
      return numberPage([clientType], `${path}/types`, request.query);
    },
  );

  http.get(`${path}/:id`, { schema: { tags, params: One, response: answer } }, async (request) => {
    await requireRole(identify, request, readers);
    return shownCredential(await readCredential(parts, request.params.id));
  });
}

function writeRoutes(parts: VendorParts): void {
  const { http, identify } = parts;

  http.post(
    path,
    { schema: { tags, body: GivenCredential, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const id = await createCredential(parts, request.body, author);
      return shownCredential(await readCredential(parts, id));
    },
  );

  http.put(
    `${path}/:id`,
    { schema: { tags, params: One, body: GivenCredential, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const { id } = request.params;
      await changeCredential(parts, id, request.body, author);
      return shownCredential(await readCredential(parts, id));
    },
  );

  http.delete(
    `${path}/:id`,
    { schema: { tags, params: One, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      await removeCredential(parts, request.params.id, author);
      return reply.code(204).send(null);
    },
  );
}
