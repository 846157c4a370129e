import type { ObjectEffects, Section } from '@countersign/protocol';
import type { StoredObject } from '../../configuration/index.ts';
import type { Conversations, Holder } from '../../conversations/index.ts';
import type { Sessions, SignOutBy } from '../../sessions/index.ts';
import { usedBy } from './read-entries.ts';

export interface EffectParts {
  conversations: Pick<Conversations, 'openWith'>;
  sessions: Pick<Sessions, 'countLive' | 'endAt' | 'signOut'>;
}

/** What deleting an object, or switching it off, does to people. */
export async function effectsOf(
  { conversations, sessions }: EffectParts,
  stored: readonly StoredObject[],
  { section, id }: { section: Section; id: string },
): Promise<ObjectEffects> {
  const column = COLUMNS[section];
  const sessionsOf = SESSIONS[section]?.(id);
  return {
    ...usedBy(stored, id),
    liveSessions: sessionsOf ? await sessions.countLive(sessionsOf) : 0,
    openConversations: column ? await conversations.openWith({ column, id }) : 0,
  };
}

const COLUMNS: Partial<Record<Section, Holder['column']>> = {
  deployments: 'deployment',
  appleAccounts: 'deployment',
  workstreams: 'workstream',
  queues: 'queue',
  users: 'agent',
};

const SESSIONS: Partial<Record<Section, (id: string) => object>> = {
  authenticationSettings: (settingId) => ({ settingId }),
  deployments: (deploymentId) => ({ deploymentId }),
};

/** Customers who came in by what is no longer there are signed out. */
export async function endSessionsOf(
  { sessions }: EffectParts,
  { section, id }: { section: Section; id: string },
  senderName: string,
): Promise<void> {
  const by: SignOutBy = { door: 'staff', role: 'system', senderName };
  if (section === 'authenticationSettings')
    await sessions.signOut({ of: 'setting', settingId: id }, by);
  if (section === 'deployments') await sessions.endAt(id, by);
}
