import type { Bodies } from '../../../configuration/index.ts';
import { described } from '../described.ts';
import { refuseUnsupported } from '../refuse-unsupported.ts';
import { invalidAt, type PlaceOf } from '../vendor-fault.ts';
import { configurationMembers, type GivenConfiguration } from './given-configuration.ts';

type Body = Bodies['messengerConfigurations'];

/**
 * What was given, on top of what is stored: what it does not speak of (survey, rating) stays. Fault
 * `bad.request` 400 for what cannot be said in our objects.
 */
export function toBody(given: GivenConfiguration, before: Body): Body {
  refuseUnsupported(given, configurationMembers);
  const { styles, launcherButton, fileUpload, apps } = given.messenger ?? {};
  const { description: _, ...others } = before;
  return {
    ...others,
    ...described(given.description, before),
    languages: languagesOf(given, before),
    authentication: authenticationOf(given.authenticationSettings ?? {}, before),
    conversations: conversationsOf(apps?.conversations ?? {}, before),
    appearance: {
      ...before.appearance,
      primaryColor: styles?.primaryColor ?? before.appearance.primaryColor,
      launcher: launcherButton?.visibility ?? before.appearance.launcher,
      position: given.position?.alignment ?? before.appearance.position,
    },
    attachments: attachmentsOf(fileUpload ?? {}, before),
  };
}

/** Ours has the default language in front. */
function languagesOf(given: GivenConfiguration, before: Body): string[] {
  const { languages = before.languages } = given;
  const { defaultLanguage = given.languages ? languages[0] : before.languages[0] } = given;
  if (defaultLanguage === undefined) return languages;
  if (!languages.includes(defaultLanguage)) {
    throw invalidAt('defaultLanguage', 'expected one of the languages');
  }
  return [defaultLanguage, ...languages.filter((language) => language !== defaultLanguage)];
}

function authenticationOf(
  given: NonNullable<GivenConfiguration['authenticationSettings']>,
  { authentication: before }: Body,
): Body['authentication'] {
  const { integrationId, enabled = before.enabled } = given;
  const { allowSessionUpgrade = before.allowSessionUpgrade } = given;
  const settingId = integrationId === undefined ? before.settingId : integrationId.toLowerCase();
  return { enabled, settingId: settingId || null, allowSessionUpgrade };
}

type Conversations = NonNullable<
  NonNullable<NonNullable<GivenConfiguration['messenger']>['apps']>['conversations']
>;

function conversationsOf(given: Conversations, { conversations }: Body): Body['conversations'] {
  const { conversationDisconnect, conversationClear, sessionDurationSeconds } = given;
  return {
    ...conversations,
    disconnect: disconnectOf(conversationDisconnect ?? {}, conversations.disconnect),
    clear: conversationClear?.enabled ?? conversations.clear,
    typing: typingOf(given, conversations.typing),
    sessionDuration: sessionDurationSeconds ?? conversations.sessionDuration,
  };
}

function disconnectOf(
  { enabled, type }: NonNullable<Conversations['conversationDisconnect']>,
  before: Body['conversations']['disconnect'],
): Body['conversations']['disconnect'] {
  const isOn = enabled ?? before !== 'Off';
  if (!isOn) return 'Off';
  return type ?? (before === 'Off' ? 'Send' : before);
}

function typingOf(given: Conversations, before: boolean): boolean {
  const { showAgentTypingIndicator: agent, showUserTypingIndicator: user } = given;
  const [first = before, second = first] = [agent ?? user, user ?? agent];
  if (first === second) return first;
  const message = 'expected the same as of showUserTypingIndicator: there is one switch for both';
  throw invalidAt('messenger.apps.conversations.showAgentTypingIndicator', message);
}

type FileUpload = NonNullable<NonNullable<GivenConfiguration['messenger']>['fileUpload']>;

/** Modes without `enableAttachments` are how uploads were switched on before there was that member. */
function attachmentsOf(
  { enableAttachments, modes }: FileUpload,
  { attachments: before }: Body,
): Body['attachments'] {
  if (modes && modes.length > 1) {
    const message = 'expected one mode: all types have the same largest size here';
    throw invalidAt('messenger.fileUpload.modes', message);
  }
  const enabled = enableAttachments ?? (modes ? modes.length > 0 : before.enabled);
  if (!modes) return { ...before, enabled };
  const [{ fileTypes, maxFileSizeKB } = { ...before, fileTypes: [] }] = modes;
  return { enabled, fileTypes, maxFileSizeKB };
}

const PLACES: readonly (readonly [ours: string, theirs: string])[] = [
  ['attachments.fileTypes', 'messenger.fileUpload.modes[0].fileTypes'],
  ['attachments.maxFileSizeKB', 'messenger.fileUpload.modes[0].maxFileSizeKB'],
  ['appearance.primaryColor', 'messenger.styles.primaryColor'],
  ['conversations.sessionDuration', 'messenger.apps.conversations.sessionDurationSeconds'],
  ['authentication.setting', 'authenticationSettings.integrationId'],
];

/** Where in what they gave a fault of ours is. */
export const configurationPlace: PlaceOf = (path) => {
  const [ours, theirs] = PLACES.find(([ours]) => path.startsWith(ours)) ?? [path, path];
  return `${theirs}${path.slice(ours.length)}`;
};
