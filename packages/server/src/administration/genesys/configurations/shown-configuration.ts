import type { Actor } from '@countersign/protocol';
import { Type } from 'typebox';
import type { Bodies } from '../../../configuration/index.ts';
import { userReference } from '../user-reference.ts';

export const configurationsPath = '/api/v2/webdeployments/configurations';

export const ShownConfiguration = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    version: Type.String({ description: 'DRAFT, or the number of a published version' }),
    status: Type.Literal('Active'),
    selfUri: Type.String(),
  },
  { additionalProperties: true, description: 'WebDeploymentConfigurationVersion' },
);

export interface ConfigurationState {
  id: string;
  name: string;
  body: Bodies['messengerConfigurations'];
  /** Null: the draft. */
  version: number | null;
  at: Date;
  by: Actor | null;
}

/** A published version, or a draft, as a `WebDeploymentConfigurationVersion` (Guest API §13). */
export function shownConfiguration(state: ConfigurationState) {
  const { id, name, body, version, at } = state;
  const { description, languages, appearance, authentication } = body;
  const { enabled, settingId, allowSessionUpgrade } = authentication;
  return {
    id,
    name,
    version: version === null ? 'DRAFT' : String(version),
    ...(description !== undefined && { description }),
    languages,
    defaultLanguage: languages[0] ?? 'en',
    headlessMode: { enabled: false },
    customI18nLabels: [],
    messenger: messengerOf(body),
    position: { alignment: appearance.position, sideSpace: 20, bottomSpace: 12 },
    supportCenter: { enabled: false },
    cobrowse: { enabled: false },
    journeyEvents: { enabled: false },
    authenticationSettings: {
      enabled,
      ...(settingId !== null && { integrationId: settingId }),
      allowSessionUpgrade,
    },
    status: 'Active' as const,
    dateModified: at.toISOString(),
    ...whoAndWhen(state),
    selfUri: `${configurationsPath}/${id}/versions/${version ?? 'draft'}`,
  };
}

function messengerOf({ appearance, attachments, conversations }: ConfigurationState['body']) {
  const { fileTypes, maxFileSizeKB } = attachments;
  const { disconnect, clear, typing, sessionDuration } = conversations;
  return {
    enabled: true,
    styles: { primaryColor: appearance.primaryColor },
    launcherButton: { visibility: appearance.launcher },
    fileUpload: {
      enableAttachments: attachments.enabled,
      modes: fileTypes.length > 0 ? [{ fileTypes, maxFileSizeKB }] : [],
    },
    apps: {
      conversations: {
        enabled: true,
        showAgentTypingIndicator: typing,
        showUserTypingIndicator: typing,
        autoStart: { enabled: false },
        markdown: { enabled: false },
        conversationDisconnect: {
          enabled: disconnect !== 'Off',
          type: disconnect === 'ReadOnly' ? 'ReadOnly' : 'Send',
        },
        conversationClear: { enabled: clear },
        humanize: { enabled: false },
        notifications: { enabled: false },
        sessionDurationSeconds: sessionDuration,
      },
      knowledge: { enabled: false },
    },
    homeScreen: { enabled: false },
    sessionPersistenceType: 'AcrossSubdomains',
  };
}

function whoAndWhen({ version, at, by }: ConfigurationState) {
  const user = by && userReference(by);
  return {
    ...(user && { lastModifiedUser: user }),
    ...(version !== null && { datePublished: at.toISOString() }),
    ...(version !== null && user && { publishedUser: user }),
  };
}
