import { Type } from 'typebox';
import { applyingAs, requireRole } from '../../identify.ts';
import { rolesFor } from '../../objects/permissions.ts';
import { readCredentials } from '../credentials/credential.ts';
import { NumberQuery, numberPage } from '../pages.ts';
import { One, tags, type VendorParts } from '../parts.ts';
import { only, readOnly, refuseUnsupported, taken } from '../refuse-unsupported.ts';
import { configureIntegration, createIntegration } from './change-integration.ts';
import { credentialOf } from './credential-of.ts';
import { GivenConfig, GivenIntegration, GivenState } from './given-integration.ts';
import { readIntegration, readIntegrations } from './read-integration.ts';
import {
  integrationsPath as path,
  ShownConfig,
  ShownIntegration,
  shownConfig,
  shownIntegration,
  shownType,
} from './shown-integration.ts';
import { disable, enable, remove } from './switch-integration.ts';

const section = 'authenticationSettings';
const readers = rolesFor(section, 'read');
const writers = rolesFor(section, 'write');
const answer = { 200: ShownIntegration };
const listing = { 200: Type.Object({}, { additionalProperties: true }) };

/** OpenID Connect settings as integrations of Genesys. */
export function integrationRoutes(parts: VendorParts): void {
  readRoutes(parts);
  writeRoutes(parts);
  configRoutes(parts);
}

async function shown(parts: VendorParts, id: string) {
  const integration = await readIntegration(parts, id);
  return shownIntegration(integration, await credentialOf(parts, id));
}

async function config(parts: VendorParts, id: string) {
  const integration = await readIntegration(parts, id);
  return shownConfig(integration, await credentialOf(parts, id));
}

function readRoutes(parts: VendorParts): void {
  const { http, identify } = parts;

  http.get(
    path,
    { schema: { tags, querystring: NumberQuery, response: listing } },
    async (request) => {
      await requireRole(identify, request, readers);
      const all = await readIntegrations(parts);
      const credentials = await readCredentials(parts);
      const page = numberPage(all, path, request.query);
      const entities = page.entities.map((integration) => {
        const credential = credentials.find((item) => item.integrationId === integration.id);
        return shownIntegration(integration, credential);
      });
      return { ...page, entities };
    },
  );

  http.get(
    `${path}/types`,
    { schema: { tags, querystring: NumberQuery, response: listing } },
    async (request) => {
      await requireRole(identify, request, readers);
      return numberPage([shownType()], `${path}/types`, request.query);
    },
  );

  http.get(`${path}/:id`, { schema: { tags, params: One, response: answer } }, async (request) => {
    await requireRole(identify, request, readers);
    return shown(parts, request.params.id);
  });
}

function writeRoutes(parts: VendorParts): void {
  const { http, identify } = parts;

  http.post(
    path,
    { schema: { tags, body: GivenIntegration, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      return shown(parts, await createIntegration(parts, request.body, author));
    },
  );

  http.patch(
    `${path}/:id`,
    { schema: { tags, params: One, body: GivenState, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const { id } = request.params;
      const now = await shown(parts, id);
      const elsewhere = `change it with PUT ${path}/${id}/config/current`;
      refuseUnsupported(request.body, {
        ...readOnly('id', 'integrationType', 'reportedState', 'attributes', 'selfUri'),
        intendedState: taken,
        name: only(now.name, elsewhere),
        notes: only(now.notes, elsewhere),
        config: only(now.config, elsewhere),
      });
      const change = request.body.intendedState === 'ENABLED' ? enable : disable;
      await change(parts, await readIntegration(parts, id), author);
      return shown(parts, id);
    },
  );

  http.delete(
    `${path}/:id`,
    { schema: { tags, params: One, response: answer } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const { id } = request.params;
      const before = await shown(parts, id);
      await remove(parts, await readIntegration(parts, id), author);
      return before;
    },
  );
}

function configRoutes(parts: VendorParts): void {
  const { http, identify } = parts;

  http.get(
    `${path}/:id/config/current`,
    { schema: { tags, params: One, response: { 200: ShownConfig } } },
    async (request) => {
      await requireRole(identify, request, readers);
      return config(parts, request.params.id);
    },
  );

  http.put(
    `${path}/:id/config/current`,
    { schema: { tags, params: One, body: GivenConfig, response: { 200: ShownConfig } } },
    async (request) => {
      const author = applyingAs(await requireRole(identify, request, writers), 'genesys');
      const { id } = request.params;
      await configureIntegration(parts, id, request.body, author);
      return config(parts, id);
    },
  );
}
