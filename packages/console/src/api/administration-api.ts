import type {
  AuditEntry,
  ConfigurationEntry,
  EntryOf,
  ObjectEffects,
  ObjectFault,
  ObjectReference,
  PublishedVersion,
  Section,
} from '@countersign/protocol';
import { query, request } from './request.ts';
import type { Page } from './workspace-api.ts';

export interface EntryPage<S extends Section> extends Page<EntryOf<S>> {
  /** Of the section, whatever is searched for. */
  total: number;
}

/** What a problem with the code `invalid_configuration` says besides. */
export interface InvalidConfiguration {
  faults: ObjectFault[];
}

/** And one with `changed_meanwhile`. */
export interface ChangedMeanwhile<S extends Section> {
  current: EntryOf<S>;
}

/** And one with `in_use`. */
export interface InUse {
  usedBy: ObjectReference[];
  usedByCount: number;
  openConversations: number;
}

export interface EntryQuery {
  search?: string | undefined;
  cursor?: string | undefined;
  limit?: number;
}

const objectsPath = (section: Section, id?: string, action?: string): string =>
  ['/api/configuration', section, id && encodeURIComponent(id), action]
    .filter((part) => part !== undefined)
    .join('/');

const messengers = 'messengerConfigurations' as const;

/** The calls of the administration. An `object` is as in its section of the file. All throw `RequestError`. */
export const administrationApi = {
  entries: <S extends Section>(section: S, asked: EntryQuery = {}) =>
    request<EntryPage<S>>('GET', `${objectsPath(section)}${query({ limit: 50, ...asked })}`),
  entry: <S extends Section>(section: S, id: string) =>
    request<EntryOf<S>>('GET', objectsPath(section, id)),
  /** Secrets in clear: only for whoever may read them, and written down. */
  entryWithSecrets: (section: Section, id: string) =>
    request<ConfigurationEntry>('GET', `${objectsPath(section, id)}?secrets=true`),
  effects: (section: Section, id: string) =>
    request<ObjectEffects>('GET', objectsPath(section, id, 'effects')),
  create: <S extends Section>(section: S, object: unknown) =>
    request<EntryOf<S>>('POST', objectsPath(section), { object }),
  replace: <S extends Section>(section: S, id: string, object: unknown, version: number) =>
    request<EntryOf<S>>('PUT', objectsPath(section, id), { object, version }),
  remove: (section: Section, id: string, version: number) =>
    request<null>('DELETE', `${objectsPath(section, id)}${query({ version })}`),
  audit: (filter: Record<string, string | undefined>) =>
    request<Page<AuditEntry>>('GET', `/api/audit${query({ limit: 50, ...filter })}`),
  versions: (id: string) =>
    request<Page<PublishedVersion>>('GET', objectsPath(messengers, id, 'versions')),
  createDraft: (object: unknown) =>
    request<EntryOf<typeof messengers>>('POST', objectsPath(messengers, 'drafts'), { object }),
  /** `version`: of the draft last seen, 0 when there was none. */
  saveDraft: (id: string, object: unknown, version: number) =>
    request<EntryOf<typeof messengers>>('PUT', objectsPath(messengers, id, 'draft'), {
      object,
      version,
    }),
  discardDraft: (id: string) => request<null>('DELETE', objectsPath(messengers, id, 'draft')),
  publish: (id: string, version: number) =>
    request<EntryOf<typeof messengers>>('POST', objectsPath(messengers, id, 'publish'), {
      version,
    }),
};

/** Where the browser itself downloads the audit log. */
export const auditCsvPath = (filter: Record<string, string | undefined>): string =>
  `/api/audit.csv${query(filter)}`;

/** And everything there is, as a configuration file. */
export const configurationPath = (secrets: boolean): string =>
  `/api/configuration.yaml${query({ secrets: String(secrets) })}`;
