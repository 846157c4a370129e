import type { OpenedConfigurationFile } from '@countersign/protocol';
import type { Bodies, Draft, Kind } from '../configuration/index.ts';

type File = OpenedConfigurationFile;
type FileAppleSetting = Extract<File['authenticationSettings'][number], { type: 'apple-oauth' }>;
type IdOf = (kind: Kind, name: string) => string;

export function appleSettingBody(
  setting: Omit<FileAppleSetting, 'id' | 'name'>,
  idOf: IdOf,
): Extract<Bodies['authenticationSettings'], { type: 'apple-oauth' }> {
  const { richMessages, additionalParameters = null, ...rest } = setting;
  const richMessageIds = richMessages.map((name) => idOf('richMessages', name));
  return { ...rest, additionalParameters, richMessageIds };
}

export function appleAccountDraft(account: File['appleAccounts'][number], idOf: IdOf): Draft {
  const { name, businessId, mspId, mspSecret, gatewayUrl, workstream } = account;
  const { enabled, setting } = account.authentication;
  const settingId = setting === undefined ? null : idOf('authenticationSettings', setting);
  const body = {
    businessId,
    mspId,
    mspSecrets: [mspSecret].flat(),
    gatewayUrl,
    workstreamId: idOf('workstreams', workstream),
    authentication: { enabled, settingId },
  };
  return { kind: 'appleAccounts', id: idOf('appleAccounts', name), name, body };
}

export function richMessageDraft(message: File['richMessages'][number], idOf: IdOf): Draft {
  const { name } = message;
  const base = { kind: 'richMessages', id: idOf('richMessages', name), name } as const;
  return { ...base, body: richMessageBody(message) };
}

function richMessageBody(message: File['richMessages'][number]): Bodies['richMessages'] {
  const { id: _, name: __, ...body } = message;
  switch (body.type) {
    case 'list-picker': {
      const sections = body.sections.map(({ items, ...section }) => ({
        ...section,
        items: items.map((item) => ({ ...item, subtitle: item.subtitle ?? null })),
      }));
      return { ...body, sections };
    }
    case 'time-picker':
      return { ...body, timezoneOffset: body.timezoneOffset ?? null };
    case 'rich-link':
      return { ...body, image: body.image ?? null };
    default:
      return body;
  }
}
