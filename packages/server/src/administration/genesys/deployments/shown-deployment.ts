import { Type } from 'typebox';
import type { StoredObject } from '../../../configuration/index.ts';
import type { Names } from '../../objects/names.ts';
import { configurationsPath } from '../configurations/shown-configuration.ts';
import { userReference } from '../user-reference.ts';
import { snippet } from './snippet.ts';

export const deploymentsPath = '/api/v2/webdeployments/deployments';

export const ShownDeployment = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    status: Type.Enum(['Active', 'Inactive']),
    snippet: Type.String(),
    selfUri: Type.String(),
  },
  { additionalProperties: true, description: 'WebDeployment' },
);

export type Deployment = Extract<StoredObject, { kind: 'deployments' }>;

/** As a `WebDeployment` (Guest API §13). `version`: of its configuration, the newest published one. */
export function shownDeployment(
  { id, name, body, updatedAt, updatedBy }: Deployment,
  { names, version, publicUrl }: { names: Names; version: number; publicUrl: string },
) {
  const { description, configurationId, workstreamId } = body;
  const { status, allowAllDomains, allowedDomains } = body;
  return {
    id,
    name,
    ...(description !== undefined && { description }),
    ...{ status, allowAllDomains, allowedDomains },
    snippet: snippet(publicUrl, id),
    flow: { id: workstreamId, name: names.of(workstreamId) },
    pushIntegrations: [],
    configuration: {
      id: configurationId,
      name: names.of(configurationId),
      version: String(version),
      selfUri: `${configurationsPath}/${configurationId}/versions/${version}`,
    },
    dateModified: updatedAt.toISOString(),
    ...(updatedBy && { lastModifiedUser: userReference(updatedBy) }),
    selfUri: `${deploymentsPath}/${id}`,
  };
}
