import { type Static, Type } from 'typebox';
import { readOnly, takenAll, within } from '../refuse-unsupported.ts';

const State = Type.Enum(['ENABLED', 'DISABLED']);

export const GivenIntegration = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  integrationType: Type.Object({ id: Type.String({ maxLength: 100 }) }),
  intendedState: Type.Optional(Type.Literal('DISABLED')),
});
export type GivenIntegration = Static<typeof GivenIntegration>;

export const integrationMembers = {
  ...readOnly('id', 'selfUri', 'reportedState'),
  ...takenAll('name', 'integrationType', 'intendedState'),
};

/** Nothing else of an integration is changed here, but it may be sent back as it was read. */
export const GivenState = Type.Object({ intendedState: State });
export type GivenState = Static<typeof GivenState>;

/** Scripts write the properties of a form as text. */
const FlagText = Type.Union([Type.Boolean(), Type.Enum(['true', 'false', 'True', 'False'])]);
const SecondsText = Type.Union([Type.Integer(), Type.String({ pattern: '^\\d{1,9}$' })]);

/** What is read of an `IntegrationConfiguration`. A member that is left out stays as it is stored. */
export const GivenConfig = Type.Object({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  version: Type.Integer({ description: 'the one that was seen' }),
  notes: Type.Optional(Type.String()),
  properties: Type.Optional(
    Type.Object({
      discoveryUri: Type.Optional(Type.String()),
      implicitFlowSupport: Type.Optional(FlagText),
      maxRefreshTokenLifetime: Type.Optional(SecondsText),
    }),
  ),
  credentials: Type.Optional(
    Type.Record(Type.String({ maxLength: 100 }), Type.Object({ id: Type.String() })),
  ),
});
export type GivenConfig = Static<typeof GivenConfig>;

export const configMembers = {
  ...readOnly('id', 'selfUri'),
  ...takenAll('name', 'version', 'notes', 'credentials'),
  properties: within(takenAll('discoveryUri', 'implicitFlowSupport', 'maxRefreshTokenLifetime')),
};
