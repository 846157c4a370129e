import type { KeyVerdict, SettingHealth } from '@countersign/protocol';

const DAY_MS = 86_400_000;

/** What is known of a setting. Times are ms since the epoch. */
export interface SettingFacts {
  sources: {
    url: string;
    fetchedAt: number | null;
    failing: boolean;
    problem: string | null;
    clockSkewSeconds: number | null;
  }[];
  keys: { kid: string | null; verdict: KeyVerdict }[];
  /** Published keys that cannot be used. */
  unusable: number;
  /** Seconds. */
  clockTolerance: number;
  acceptedAt: number | null;
  refused: { at: number; reason: string } | null;
}

/** The worst that is true of a setting, in one sentence. */
export function judgeSetting(facts: SettingFacts, nowMs: number): SettingHealth {
  const red = whyRed(facts, nowMs);
  if (red !== null) return { colour: 'red', why: red };
  const amber = whyAmber(facts, nowMs);
  if (amber !== null) return { colour: 'amber', why: amber };
  const working = facts.keys.filter(({ verdict }) => isWorking(verdict)).length;
  return {
    colour: 'green',
    why: `The keys can be read, and ${working === 1 ? 'one of them works' : `${working} of them work`}.`,
  };
}

function whyRed({ sources, keys, unusable, clockTolerance }: SettingFacts, nowMs: number) {
  for (const { url, failing, problem, fetchedAt } of sources) {
    if (failing && fetchedAt === null)
      return `${url} could never be read: ${problem}. Nobody can sign in.`;
    if (failing && fetchedAt !== null && nowMs - fetchedAt > DAY_MS)
      return `${url} could not be read for a day: ${problem}. Nobody can sign in.`;
  }
  const fetched = sources.length > 0 && sources.every(({ fetchedAt }) => fetchedAt !== null);
  if (fetched && !keys.some(({ verdict }) => isWorking(verdict)))
    return unusable > 0
      ? 'Not one of the published keys can be used: nobody can sign in.'
      : 'There is no key that has not ended: nobody can sign in.';
  for (const { url, clockSkewSeconds } of sources)
    if (clockSkewSeconds !== null && clockSkewSeconds > clockTolerance)
      return `The clock behind ${url} is ${clockSkewSeconds} s ahead of ours, and the tolerance is ${clockTolerance} s: fresh tokens are refused.`;
  return null;
}

function whyAmber(facts: SettingFacts, nowMs: number): string | null {
  const { sources, keys, unusable, clockTolerance, acceptedAt, refused } = facts;
  const failing = sources.find((source) => source.failing);
  if (failing)
    return `${failing.url} cannot be read now: ${failing.problem}. The keys read before are still used.`;
  const unread = sources.length === 0 || sources.some(({ fetchedAt }) => fetchedAt === null);
  if (unread) return 'The keys were not fetched yet: that happens at the first sign-in.';
  const ending = keys.find(({ verdict }) => verdict === 'expires-soon');
  if (ending) return `${named(ending.kid)} ends soon.`;
  const ended = keys.find(({ verdict }) => verdict === 'expired');
  if (ended) return `${named(ended.kid)} has ended, and is still published.`;
  if (unusable > 0) return 'A published key cannot be used.';
  for (const { url, clockSkewSeconds } of sources)
    if (clockSkewSeconds !== null && Math.abs(clockSkewSeconds) > clockTolerance / 2)
      return `The clock behind ${url} is ${Math.abs(clockSkewSeconds)} s ${clockSkewSeconds > 0 ? 'ahead of' : 'behind'} ours; the tolerance is ${clockTolerance} s.`;
  const onlyRefused =
    refused !== null && nowMs - refused.at < DAY_MS && refused.at > (acceptedAt ?? 0);
  if (onlyRefused && nowMs - (acceptedAt ?? 0) > DAY_MS)
    return `No sign-in was accepted for a day; the last one was refused: ${refused.reason}.`;
  return null;
}

const isWorking = (verdict: KeyVerdict): boolean => verdict !== 'retired' && verdict !== 'expired';

const named = (kid: string | null): string => (kid === null ? 'The key' : `The key ${kid}`);
