import { Type } from 'typebox';
import { requireRole } from '../../identify.ts';
import { rolesFor } from '../../objects/permissions.ts';
import { One, tags, type VendorParts } from '../parts.ts';
import { only, readOnly, refuseUnsupported } from '../refuse-unsupported.ts';
import { readDeployment } from './deployment-routes.ts';
import { deploymentsPath } from './shown-deployment.ts';

const path = `${deploymentsPath}/:id/identityresolution`;
const Resolution = Type.Object({ resolveIdentities: Type.Boolean(), selfUri: Type.String() });
const Given = Type.Object({ resolveIdentities: Type.Optional(Type.Boolean()) });

const members = {
  resolveIdentities: only(true, 'whoever signs in is always linked to their contact'),
  ...readOnly('selfUri'),
};

/** How customers become contacts is the same everywhere (docs/decisions/0007): it can be read, not turned off. */
export function identityResolutionRoutes(parts: VendorParts): void {
  const { http, identify } = parts;
  const resolutionOf = async (id: string) => {
    await readDeployment(parts, id);
    return { resolveIdentities: true, selfUri: `${deploymentsPath}/${id}/identityresolution` };
  };

  http.get(
    path,
    { schema: { tags, params: One, response: { 200: Resolution } } },
    async (request) => {
      await requireRole(identify, request, rolesFor('deployments', 'read'));
      return resolutionOf(request.params.id);
    },
  );

  http.put(
    path,
    { schema: { tags, params: One, body: Given, response: { 200: Resolution } } },
    async (request) => {
      await requireRole(identify, request, rolesFor('deployments', 'write'));
      refuseUnsupported(request.body, members);
      return resolutionOf(request.params.id);
    },
  );
}
