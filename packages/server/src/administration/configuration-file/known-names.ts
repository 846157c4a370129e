import type { OpenedConfigurationFile } from '@countersign/protocol';
import type { FileFaults } from './faults.ts';
import { nearest } from './nearest.ts';

/** An object that is stored already. `name` of a user is the email. */
export interface StoredName {
  kind: string;
  id: string;
  name: string;
}

export type Section = keyof OpenedConfigurationFile;

/** How many known names a fault lists. */
const LISTED = 10;

/** What a reference calls its target. */
const singular: Record<Section, string> = {
  authenticationSettings: 'authentication setting',
  operatingHours: 'operating hours',
  queues: 'queue',
  workstreams: 'workstream',
  richMessages: 'rich message',
  quickReplies: 'quick reply',
  messengerConfigurations: 'messenger configuration',
  deployments: 'deployment',
  appleAccounts: 'Apple account',
  users: 'user',
  apiKeys: 'API key',
  webhooks: 'webhook',
};

export const sectionName = (section: Section): string => singular[section];

export interface NameSources {
  file: OpenedConfigurationFile;
  stored: readonly StoredName[];
  /** Names of objects of the file that have faults of their own. Null: one cannot be read. */
  broken: (section: Section) => string[] | null;
  faults: FileFaults;
}

/** The names that hold once the file is applied: its own, and what is stored and it does not rename. */
export interface KnownNames {
  require(path: string, section: Section, name: string): void;
}

export function createKnownNames({ file, stored, broken, faults }: NameSources): KnownNames {
  const known = new Map<Section, Set<string> | null>();
  const names = (section: Section): Set<string> | null => {
    const found = known.get(section) ?? collect(section);
    known.set(section, found);
    return found;
  };
  function collect(section: Section): Set<string> | null {
    const unfinished = broken(section);
    if (unfinished === null) return null;
    const own = namedObjects(file, section).flatMap((object) => [object]);
    const renamed = new Set(own.flatMap(({ id }) => (id ? [id] : [])));
    const kept = stored.filter(({ kind, id }) => kind === section && !renamed.has(id));
    return new Set([...[...own, ...kept].map(({ name }) => name), ...unfinished]);
  }
  return {
    require(path, section, name) {
      const known = names(section);
      if (!known || known.has(name)) return;
      const what = singular[section];
      const article = /^[aeio]/i.test(what) ? 'an' : 'a';
      faults.report(
        path,
        `expected the name of ${article} ${what}: no ${what} named ${JSON.stringify(name)}${hint(name, known)}`,
      );
    },
  };
}

function hint(name: string, known: Set<string>): string {
  if (known.size === 0) return ' (none is known)';
  const listed = [...known].slice(0, LISTED).join(', ');
  const more = known.size > LISTED ? `, and ${known.size - LISTED} more` : '';
  const meant = nearest(name, known);
  return meant && known.size > 1
    ? ` (did you mean "${meant}"? known: ${listed}${more})`
    : ` (known: ${listed}${more})`;
}

/** The objects of a section, at their index, by what they are matched by. */
export function namedObjects(
  file: OpenedConfigurationFile,
  section: Section,
): { id?: string; name: string; key: string }[] {
  return file[section].map((object) => ({
    ...(object.id ? { id: object.id } : {}),
    ...nameOf(object),
  }));
}

type AnyObject = OpenedConfigurationFile[Section][number];

function nameOf(object: AnyObject): { name: string; key: string } {
  if ('email' in object) return { name: object.email.toLowerCase(), key: 'email' };
  if ('tags' in object) return { name: `${object.title} (${object.locale})`, key: 'title' };
  if ('name' in object) return { name: object.name, key: 'name' };
  return { name: object.url, key: 'url' };
}
