import type { AuthenticationSettingStatus, KeyHealth, KeySource } from '@countersign/protocol';
import type { TokenSetting } from '../setting.ts';
import { visible } from '../shown.ts';
import { judgeKey } from './judge-key.ts';
import { judgeSetting } from './judge-setting.ts';
import {
  type KeyHealthStore,
  type StoredKey,
  type StoredOutcome,
  type StoredSource,
  unread,
} from './store.ts';
import { shortThumbprint } from './thumbprint.ts';

const DAY_MS = 86_400_000;
export const DAYS_SHOWN = 30;
const LONGEST_KID = 128;

/** What identity knows of a setting; which deployments use it, and whom it would refuse, is for others to add. */
export type SettingStatus = Omit<AuthenticationSettingStatus, 'usedBy' | 'wouldBeRefused'>;

/** All that the nodes saw of the keys of these settings. Reads, and fetches nothing. */
export async function settingStatuses(
  settings: readonly TokenSetting[],
  { store, nowMs }: { store: KeyHealthStore; nowMs: number },
): Promise<SettingStatus[]> {
  const named = await store.sources(settings.map(firstUrl));
  const pointedAt = named.flatMap(({ keysUrl }) => (keysUrl === null ? [] : [keysUrl]));
  const sources = [...named, ...(await store.sources(pointedAt))];
  const byUrl = new Map(sources.map((source) => [source.url, source]));
  const [keys, outcomes] = await Promise.all([
    store.keys([...byUrl.keys()], dayOf(nowMs - (DAYS_SHOWN - 1) * DAY_MS)),
    store.outcomes(settings.map(({ id }) => id)),
  ]);
  return settings.map((setting) => {
    const own = sourcesOf(setting, byUrl);
    return statusOf(setting, {
      sources: own,
      keys: keys.filter(({ url }) => own.some((source) => source.url === url)),
      outcome: outcomes.find(({ settingId }) => settingId === setting.id),
      nowMs,
    });
  });
}

/** The URL that the setting itself names. */
export const firstUrl = (setting: TokenSetting): string =>
  setting.type === 'signed-token' ? setting.publicKeyUrl : setting.discoveryUri;

/** Where the setting's keys come from, in the order in which they are read. */
function sourcesOf(
  setting: TokenSetting,
  known: ReadonlyMap<string, StoredSource>,
): StoredSource[] {
  const url = firstUrl(setting);
  const kind = setting.type === 'signed-token' ? 'keys' : 'discovery';
  const first = known.get(url) ?? unread(kind, url);
  if (first.keysUrl === null) return [first];
  return [first, known.get(first.keysUrl) ?? unread('keys', first.keysUrl)];
}

interface Known {
  sources: StoredSource[];
  keys: StoredKey[];
  outcome: StoredOutcome | undefined;
  nowMs: number;
}

function statusOf(setting: TokenSetting, { sources, keys, outcome, nowMs }: Known): SettingStatus {
  const health = keysHealth(setting, sources, keys, nowMs);
  const shownSources = sources.map(presentSource);
  const { accepted = null, refused = null } = outcome ?? {};
  return {
    id: setting.id,
    name: setting.name,
    type: setting.type,
    sources: shownSources,
    keys: health,
    lastSuccess: accepted && { at: iso(accepted.at), reference: accepted.reference },
    lastFailure: refused && {
      at: iso(refused.at),
      reference: refused.reference,
      reason: refused.reason,
    },
    health: judgeSetting(
      {
        sources: sources.map((source) => ({ ...source, failing: isFailing(source) })),
        keys: health,
        unusable: shownSources.flatMap(({ unusable }) => unusable).length,
        clockTolerance: setting.clockTolerance,
        acceptedAt: accepted?.at ?? null,
        refused,
      },
      nowMs,
    ),
  };
}

function keysHealth(
  setting: TokenSetting,
  sources: StoredSource[],
  keys: StoredKey[],
  nowMs: number,
): KeyHealth[] {
  const fetchedAt = new Map(sources.map((source) => [source.url, source.fetchedAt]));
  const facts = keys.map((key) => ({
    ...key,
    published: key.lastSeen >= (fetchedAt.get(key.url) ?? Number.POSITIVE_INFINITY),
  }));
  const longestLifeSeconds = setting.type === 'signed-token' ? setting.maxLifetime : 0;
  return facts.map((key) => {
    const others = facts.filter((other) => other !== key && other.url === key.url);
    return {
      url: key.url,
      kid: key.kid === '' ? null : visible(key.kid, LONGEST_KID),
      algorithm: 'RS256',
      bits: key.bits,
      thumbprint: shortThumbprint(key.thumbprint),
      firstSeen: iso(key.firstSeen),
      lastSeen: iso(key.lastSeen),
      lastUsed: key.lastUsed === null ? null : iso(key.lastUsed),
      expiresAt: key.expiresAt === null ? null : iso(key.expiresAt),
      usesPerDay: days(nowMs).map((day) => ({ day, uses: key.usesByDay[day] ?? 0 })),
      ...judgeKey(key, others, { nowMs, longestLifeSeconds }),
    };
  });
}

const presentSource = (source: StoredSource): KeySource => ({
  kind: source.kind,
  url: source.url,
  fetchedAt: source.fetchedAt === null ? null : iso(source.fetchedAt),
  lastFailure:
    source.failedAt === null
      ? null
      : { at: iso(source.failedAt), problem: source.problem ?? 'no connection' },
  failing: isFailing(source),
  clockSkewSeconds: source.clockSkewSeconds,
  unusable: source.unusable.map(({ kid, why }) => ({
    kid: kid === null ? null : visible(kid, LONGEST_KID),
    why,
  })),
});

const isFailing = ({ failedAt, fetchedAt }: StoredSource): boolean =>
  failedAt !== null && failedAt > (fetchedAt ?? 0);

/** The last 30 days in UTC, oldest first. */
const days = (nowMs: number): string[] =>
  Array.from({ length: DAYS_SHOWN }, (_, at) => dayOf(nowMs - (DAYS_SHOWN - 1 - at) * DAY_MS));

export const dayOf = (ms: number): string => iso(ms).slice(0, 10);

const iso = (ms: number): string => new Date(ms).toISOString();
