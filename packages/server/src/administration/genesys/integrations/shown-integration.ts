import { Type } from 'typebox';
import { CREDENTIAL_SLOT } from '../credentials/credential.ts';
import type { CredentialRow } from '../credentials/credential-store.ts';
import { shownCredential } from '../credentials/shown-credential.ts';
import { INTEGRATION_TYPE, type Integration } from './read-integration.ts';

export const integrationsPath = '/api/v2/integrations';
const TYPE_NAME = 'OpenID Connect Messenger Configuration';

export const ShownConfig = Type.Object(
  { id: Type.String(), name: Type.String(), version: Type.Integer(), selfUri: Type.String() },
  { additionalProperties: true, description: 'IntegrationConfiguration' },
);
export const ShownIntegration = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    intendedState: Type.Enum(['ENABLED', 'DISABLED']),
    selfUri: Type.String(),
  },
  { additionalProperties: true, description: 'Integration' },
);

/** Of all their types of integration the one that we have. */
export const shownType = (id: string = INTEGRATION_TYPE) => ({
  id,
  name: TYPE_NAME,
  description: 'How customers of a messenger sign in: one client at an OpenID Connect provider',
  provider: 'clients',
  credentials: {
    [CREDENTIAL_SLOT]: {
      required: true,
      title: 'Client',
      credentialTypes: ['openIdConnectClient'],
    },
  },
  selfUri: `${integrationsPath}/types/${id}`,
});

/** Never a secret: of the credential its name and id. */
export function shownConfig(integration: Integration, credential: CredentialRow | undefined) {
  const { id, name, version, held } = integration;
  const { description, discoveryUri, implicitFlow = false, refreshTokenLifetime } = held;
  return {
    ...{ id, name, version },
    properties: {
      ...(discoveryUri !== undefined && { discoveryUri }),
      implicitFlowSupport: implicitFlow,
      maxRefreshTokenLifetime: refreshTokenLifetime ?? 86_400,
    },
    advanced: {},
    notes: description ?? '',
    credentials: credential
      ? { [credential.slot ?? CREDENTIAL_SLOT]: shownCredential(credential) }
      : {},
    selfUri: `${integrationsPath}/${id}/config/current`,
  };
}

export function shownIntegration(integration: Integration, credential: CredentialRow | undefined) {
  const { id, name, typeId, held, setting, updatedAt } = integration;
  const isActive = setting !== null;
  return {
    ...{ id, name },
    integrationType: shownType(typeId),
    notes: held.description ?? '',
    intendedState: isActive ? ('ENABLED' as const) : ('DISABLED' as const),
    config: { current: shownConfig(integration, credential) },
    reportedState: {
      code: isActive ? 'ACTIVE' : 'INACTIVE',
      effective: isActive ? 'Active' : 'Inactive',
      lastUpdated: updatedAt.toISOString(),
    },
    attributes: {},
    selfUri: `${integrationsPath}/${id}`,
  };
}
