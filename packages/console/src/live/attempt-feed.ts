import type { AttemptSummary, LiveFrame } from '@countersign/protocol';

export interface AttemptListener {
  came(attempt: AttemptSummary): void;
  /** More came than were told one by one. */
  skipped(count: number): void;
  /** The feed is back: what came meanwhile was not told. */
  missed(): void;
}

/** New sign-in attempts, asked for while somebody looks. */
export class AttemptFeed {
  readonly #listeners = new Set<AttemptListener>();
  readonly #ask: (wanted: boolean) => void;

  constructor(ask: (wanted: boolean) => void) {
    this.#ask = ask;
  }

  follow(listener: AttemptListener): () => void {
    this.#listeners.add(listener);
    this.#ask(true);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#ask(false);
    };
  }

  receive(frame: LiveFrame): void {
    for (const listener of this.#listeners) {
      if (frame.type === 'attempt') listener.came(frame.attempt);
      if (frame.type === 'attempts-skipped') listener.skipped(frame.count);
      if (frame.type === 'ready') listener.missed();
    }
  }
}
