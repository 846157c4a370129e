import { type Static, Type } from 'typebox';
import { only, readOnly, takenAll, within } from '../refuse-unsupported.ts';

const Text = Type.Optional(Type.String());
const Flag = Type.Optional(Type.Boolean());
const Switch = Type.Optional(Type.Object({ enabled: Flag }));
const part = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Optional(Type.Object(properties));

/**
 * What is read of a `WebDeploymentConfigurationVersion` (Guest API §13). A member that is left out stays
 * as it is stored.
 */
export const GivenConfiguration = Type.Object({
  name: Text,
  description: Text,
  languages: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  defaultLanguage: Text,
  messenger: part({
    styles: part({ primaryColor: Text }),
    launcherButton: part({ visibility: Type.Optional(Type.Enum(['On', 'Off', 'OnDemand'])) }),
    fileUpload: part({
      enableAttachments: Flag,
      modes: Type.Optional(
        Type.Array(
          Type.Object({ fileTypes: Type.Array(Type.String()), maxFileSizeKB: Type.Integer() }),
        ),
      ),
    }),
    apps: part({
      conversations: part({
        showAgentTypingIndicator: Flag,
        showUserTypingIndicator: Flag,
        conversationDisconnect: part({
          enabled: Flag,
          type: Type.Optional(Type.Enum(['Send', 'ReadOnly'])),
        }),
        conversationClear: Switch,
        sessionDurationSeconds: Type.Optional(Type.Integer()),
      }),
    }),
  }),
  position: part({ alignment: Type.Optional(Type.Enum(['Auto', 'Left', 'Right'])) }),
  authenticationSettings: part({
    enabled: Flag,
    integrationId: Text,
    allowSessionUpgrade: Flag,
  }),
});
export type GivenConfiguration = Static<typeof GivenConfiguration>;

const alwaysOn = (instead: string) => only(true, instead);

/** Every member of it that has a meaning here; the others can only be off. */
export const configurationMembers = {
  ...readOnly('id', 'version', 'status', 'selfUri', 'dateCreated', 'dateModified'),
  ...readOnly('datePublished', 'createdUser', 'lastModifiedUser', 'publishedUser'),
  ...takenAll('name', 'description', 'languages', 'defaultLanguage'),
  messenger: within({
    enabled: alwaysOn('to take the messenger away, make the deployment Inactive'),
    styles: within(takenAll('primaryColor')),
    launcherButton: within({
      ...takenAll('visibility'),
      displayType: only('Icon', 'the launcher is a round button with a sign on it'),
    }),
    fileUpload: within(takenAll('enableAttachments', 'modes')),
    apps: within({
      conversations: within({
        enabled: alwaysOn('a messenger is for conversations'),
        ...takenAll('showAgentTypingIndicator', 'showUserTypingIndicator'),
        conversationDisconnect: within(takenAll('enabled', 'type')),
        conversationClear: within(takenAll('enabled')),
        ...takenAll('sessionDurationSeconds'),
      }),
    }),
    sessionPersistenceType: only('AcrossSubdomains', 'a chat goes on at every allowed domain'),
  }),
  position: within({
    ...takenAll('alignment'),
    sideSpace: only(20, 'the launcher has a fixed distance to the edge'),
    bottomSpace: only(12, 'the launcher has a fixed distance to the edge'),
  }),
  authenticationSettings: within(takenAll('enabled', 'integrationId', 'allowSessionUpgrade')),
};
