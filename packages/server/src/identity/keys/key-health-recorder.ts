import type { Logger } from 'pino';
import type { Clock } from '../../platform/index.ts';
import type { KeySet, PublicKey } from './public-key.ts';
import {
  type KeyHealthStore,
  type KeyNews,
  type KeySeen,
  type KeyUses,
  type OutcomeNews,
  type SourceNews,
  unread,
} from './store.ts';

/** Notes what happens to keys. Costs a map entry; `flush` writes it, all at once. */
export interface KeyHealthRecorder {
  keysFetched(url: string, set: KeySet & { clockSkewSeconds: number | null }, atMs: number): void;
  discovered(url: string, keysUrl: string, atMs: number): void;
  failed(kind: SourceNews['kind'], url: string, problem: string, atMs: number): void;
  used(url: string, key: PublicKey, atMs: number): void;
  concluded(attempt: ConcludedAttempt): void;
  /** One flush at a time; what it could not write is kept for the next. */
  flush(): Promise<void>;
}

interface ConcludedAttempt {
  settingId: string | null;
  at: string;
  reference: string;
  outcome: 'accepted' | 'refused';
  reason: string | null;
}

export function keyHealthRecorder(
  store: KeyHealthStore,
  { clock, log }: { clock: Clock; log?: Logger },
): KeyHealthRecorder {
  let pending = new Pending();
  let flushing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (pending.isEmpty()) return;
    const taken = pending;
    pending = new Pending();
    try {
      await store.write(taken.news());
    } catch (error) {
      pending.addOlder(taken);
      log?.warn({ err: error, at: clock.now() }, 'key health could not be written');
    }
  }

  return {
    keysFetched(url, set, atMs) {
      const at = iso(atMs);
      pending.source({
        ...unread('keys', url),
        fetchedAt: at,
        clockSkewSeconds: set.clockSkewSeconds,
        unusable: set.unusable,
      });
      for (const key of set.keys) pending.seen(seenKey(url, key, at));
    },
    discovered(url, keysUrl, atMs) {
      pending.source({ ...unread('discovery', url), fetchedAt: iso(atMs), keysUrl });
    },
    failed(kind, url, problem, atMs) {
      pending.source({ ...unread(kind, url), failedAt: iso(atMs), problem });
    },
    used(url, key, atMs) {
      const lastUsed = iso(atMs);
      const name = { url, kid: key.kid ?? '', thumbprint: key.thumbprint };
      pending.use({ ...name, day: lastUsed.slice(0, 10), uses: 1, lastUsed });
    },
    concluded({ settingId, outcome, at, reference, reason }) {
      if (settingId === null) return;
      const accepted = outcome === 'accepted';
      pending.outcome({
        settingId,
        acceptedAt: accepted ? at : null,
        acceptedReference: accepted ? reference : null,
        refusedAt: accepted ? null : at,
        refusedReference: accepted ? null : reference,
        refusedReason: accepted ? null : reason,
      });
    },
    flush() {
      flushing = flushing.then(write);
      return flushing;
    },
  };
}

/** What was not written yet. */
class Pending {
  readonly #sources = new Map<string, SourceNews>();
  readonly #seen = new Map<string, KeySeen>();
  readonly #uses = new Map<string, KeyUses>();
  readonly #outcomes = new Map<string, OutcomeNews>();

  isEmpty(): boolean {
    return [this.#sources, this.#seen, this.#uses, this.#outcomes].every(({ size }) => size === 0);
  }

  news(): KeyNews {
    return {
      sources: [...this.#sources.values()],
      seen: [...this.#seen.values()],
      uses: [...this.#uses.values()],
      outcomes: [...this.#outcomes.values()],
    };
  }

  /** A failure leaves what the last good answer said. */
  source(news: SourceNews): void {
    const known = this.#sources.get(news.url);
    if (known === undefined) this.#sources.set(news.url, news);
    else if (news.fetchedAt === null)
      this.#sources.set(news.url, { ...known, failedAt: news.failedAt, problem: news.problem });
    else this.#sources.set(news.url, { ...news, failedAt: known.failedAt, problem: known.problem });
  }

  seen(key: KeySeen): void {
    const name = nameOf(key);
    const firstSeen = this.#seen.get(name)?.firstSeen ?? key.firstSeen;
    this.#seen.set(name, { ...key, firstSeen });
  }

  use(more: KeyUses): void {
    const name = `${nameOf(more)}\n${more.day}`;
    const known = this.#uses.get(name);
    if (known === undefined) this.#uses.set(name, { ...more });
    else {
      known.uses += more.uses;
      if (more.lastUsed > known.lastUsed) known.lastUsed = more.lastUsed;
    }
  }

  outcome(news: OutcomeNews): void {
    const known = this.#outcomes.get(news.settingId);
    this.#outcomes.set(news.settingId, known === undefined ? news : laterOf(known, news));
  }

  /** Takes back what could not be written; what came meanwhile is newer. */
  addOlder(older: Pending): void {
    const newer = this.news();
    for (const map of [this.#sources, this.#seen, this.#outcomes]) map.clear();
    const { sources, seen, uses, outcomes } = older.news();
    for (const source of [...sources, ...newer.sources]) this.source(source);
    for (const key of [...seen, ...newer.seen]) this.seen(key);
    for (const outcome of [...outcomes, ...newer.outcomes]) this.outcome(outcome);
    for (const use of uses) this.use(use);
  }
}

/** `news` is newer; each of the two outcomes by itself. */
function laterOf(known: OutcomeNews, news: OutcomeNews): OutcomeNews {
  const later = { ...known };
  if (news.acceptedAt !== null) {
    later.acceptedAt = news.acceptedAt;
    later.acceptedReference = news.acceptedReference;
  }
  if (news.refusedAt !== null) {
    later.refusedAt = news.refusedAt;
    later.refusedReference = news.refusedReference;
    later.refusedReason = news.refusedReason;
  }
  return later;
}

const seenKey = (url: string, key: PublicKey, at: string): KeySeen => ({
  url,
  kid: key.kid ?? '',
  thumbprint: key.thumbprint,
  bits: key.signatureBytes * 8,
  expiresAt: key.expiresAt === null ? null : iso(key.expiresAt),
  firstSeen: at,
  lastSeen: at,
});

const nameOf = ({ url, kid, thumbprint }: KeySeen | KeyUses): string =>
  `${url}\n${kid}\n${thumbprint}`;

const iso = (ms: number): string => new Date(ms).toISOString();
