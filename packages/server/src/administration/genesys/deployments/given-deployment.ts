import { type Static, Type } from 'typebox';
import { readOnly, takenAll, within } from '../refuse-unsupported.ts';

/** What is read of a `WebDeployment` (Guest API §13). A member that is left out stays as it is stored. */
export const GivenDeployment = Type.Object({
  name: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  allowAllDomains: Type.Optional(Type.Boolean()),
  allowedDomains: Type.Optional(Type.Array(Type.String())),
  status: Type.Optional(Type.Enum(['Active', 'Inactive'])),
  flow: Type.Optional(
    Type.Object({ id: Type.Optional(Type.String({ description: 'of a workstream' })) }),
  ),
  configuration: Type.Optional(
    Type.Object({
      id: Type.String(),
      version: Type.Optional(Type.String({ description: 'the newest that is published' })),
    }),
  ),
});
export type GivenDeployment = Static<typeof GivenDeployment>;

/** Every member of it that has a meaning here; the others can only be off. */
export const deploymentMembers = {
  ...readOnly('id', 'snippet', 'selfUri', 'dateCreated', 'dateModified', 'lastModifiedUser'),
  ...takenAll('name', 'description', 'allowAllDomains', 'allowedDomains', 'status'),
  flow: within({
    ...takenAll('id'),
    ...readOnly('name', 'selfUri', 'flowDescription', 'publishVersion'),
  }),
  configuration: within({ ...takenAll('id', 'version'), ...readOnly('name', 'selfUri') }),
};
