import type { Section } from '@countersign/protocol';
import { administers, mayRead, mayReadAttempts, mayTryRouting } from '../shell/roles.ts';
import { adminWords } from '../strings/admin/admin-words.ts';
import { sectionScreens } from './section-screens.ts';

const { navigation: w, sections: named } = adminWords;

interface Screen {
  to: '/admin' | '/attempts' | '/keys' | '/routing' | '/admin/audit';
  label: string;
  isFor: (roles: readonly string[]) => boolean;
}
interface Objects {
  section: Section;
}
export type Place = { label: string } & (Pick<Screen, 'to'> | Objects);

type Group = { name: keyof typeof w.groups; places: readonly (Screen | Objects)[] };

export const mayReadSetup = administers;

/** Everything that there is to administer, in the order in which it is set up. */
const groups: readonly Group[] = [
  { name: 'setup', places: [{ to: '/admin', label: w.setup, isFor: mayReadSetup }] },
  {
    name: 'identity',
    places: [
      { section: 'authenticationSettings' },
      { to: '/attempts', label: w.attempts, isFor: mayReadAttempts },
      { to: '/keys', label: w.keys, isFor: mayReadAttempts },
    ],
  },
  {
    name: 'channels',
    places: [
      { section: 'messengerConfigurations' },
      { section: 'deployments' },
      { section: 'appleAccounts' },
      { section: 'richMessages' },
    ],
  },
  {
    name: 'routing',
    places: [
      { section: 'workstreams' },
      { section: 'queues' },
      { section: 'operatingHours' },
      { to: '/routing', label: w.dryRun, isFor: mayTryRouting },
      { section: 'quickReplies' },
    ],
  },
  { name: 'people', places: [{ section: 'users' }, { section: 'apiKeys' }] },
  {
    name: 'integration',
    places: [{ section: 'webhooks' }],
  },
  { name: 'audit', places: [{ to: '/admin/audit', label: w.audit, isFor: administers }] },
];

export interface ShownGroup {
  name: Group['name'];
  places: readonly Place[];
}

/** What of it is for these roles; a group without a place is not there. */
export const placesFor = (roles: readonly string[]): ShownGroup[] =>
  groups
    .map(({ name, places }) => ({ name, places: places.flatMap((one) => shown(one, roles)) }))
    .filter(({ places }) => places.length > 0);

function shown(place: Screen | Objects, roles: readonly string[]): Place[] {
  if ('to' in place) return place.isFor(roles) ? [{ to: place.to, label: place.label }] : [];
  const { section } = place;
  if (!mayRead(roles, section) || !sectionScreens[section]) return [];
  return [{ section, label: named[section].title }];
}

/** The address of a place. */
export const pathOf = (place: Place): string =>
  'to' in place ? place.to : `/admin/${place.section}`;

/** Where somebody is: the place with the longest address that the path begins with. */
export function placeAt(path: string, shownGroups: readonly ShownGroup[]): Place | null {
  const within = (place: Place) => path === pathOf(place) || path.startsWith(`${pathOf(place)}/`);
  const places = shownGroups.flatMap(({ places: some }) => some).filter(within);
  return places.sort((a, b) => pathOf(b).length - pathOf(a).length)[0] ?? null;
}
