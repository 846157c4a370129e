/**
 * The client's secret handle of its session, and whose it is: made once, kept until the session is
 * over, shared by the tabs of a browser.
 */
import { isRecord, parseJson, textAt } from './read.ts';
import type { TokenStore } from './store.ts';

interface Kept {
  token: string;
  /** `''`: a guest's. */
  identity: string;
  /** By how much this device's clock is ahead of the node's. */
  aheadMs: number;
}

export class SessionHandle {
  #store: TokenStore;
  #uuid: () => string;

  constructor(store: TokenStore, uuid: () => string) {
    this.#store = store;
    this.#uuid = uuid;
  }

  get token(): string {
    const kept = this.#read();
    if (kept) return kept.token;
    const made = { token: this.#uuid(), identity: '', aheadMs: 0 };
    this.#write(made);
    return made.token;
  }

  get identity(): string {
    return this.#read()?.identity ?? '';
  }

  get aheadMs(): number {
    return this.#read()?.aheadMs ?? 0;
  }

  bind(identity: string, aheadMs: number): void {
    this.#write({ token: this.token, identity, aheadMs });
  }

  forget(): void {
    this.#store.remove('session');
  }

  /** What is written from here on is written in this session. */
  mark(): void {
    this.#store.set('writer', this.token);
  }

  /** Drops what was written in another session: a tab that slept through a sign-out still has it. */
  dropForeign(): void {
    if (this.#store.get('writer') === this.#read()?.token) return;
    for (const key of ['outbox', 'draft', 'answers', 'writer'] as const) this.#store.remove(key);
  }

  #read(): Kept | null {
    const kept = parseJson(this.#store.get('session'));
    const token = isRecord(kept) ? textAt(kept, 'token') : undefined;
    if (!isRecord(kept) || token === undefined) return null;
    return { token, identity: textAt(kept, 'identity') ?? '', aheadMs: Number(kept.aheadMs) || 0 };
  }

  #write(kept: Kept): void {
    this.#store.set('session', JSON.stringify(kept));
  }
}
