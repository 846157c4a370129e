/** The customer's place in the queue, asked for again and again while no agent has come. */
import type { Entry } from '@countersign/transport';

export interface Wait {
  position: number;
  estimatedSeconds?: number;
}

const ASK_MS = 15_000;
/** Until then it has come to its queue. */
const FIRST_MS = 1000;

export class WaitReader {
  wait: Wait | null = null;
  readonly #jwt: () => Promise<string | null>;
  readonly #changed: () => void;
  #timer = 0;

  constructor(jwt: () => Promise<string | null>, changed: () => void) {
    this.#jwt = jwt;
    this.#changed = changed;
  }

  /** Begins to ask, or stops: called at every drawing. */
  follow(isWaiting: boolean): void {
    if (isWaiting) this.#timer ||= window.setTimeout(() => void this.#ask(), FIRST_MS);
    else this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.wait = null;
  }

  async #ask(): Promise<void> {
    const timer = this.#timer;
    const wait = await this.#read().catch(() => this.wait);
    if (timer !== this.#timer) return;
    this.#timer = window.setTimeout(() => void this.#ask(), ASK_MS);
    this.wait = wait;
    this.#changed();
  }

  async #read(): Promise<Wait | null> {
    const headers = { authorization: `bearer ${await this.#jwt()}` };
    const response = await fetch('/api/v2/webmessaging/wait', { headers });
    return response.status === 200 ? response.json() : null;
  }
}

/** Something was said since the last end, and nobody of the company has answered it. */
export function isUnanswered(entries: readonly Entry[]): boolean {
  const end = entries.findLastIndex(
    (entry) => entry.kind === 'notice' && entry.presence === 'Disconnect',
  );
  const messages = entries.slice(end + 1).filter((entry) => entry.kind === 'message');
  return messages.length > 0 && messages.every((m) => m.direction === 'inbound' || m.bot);
}
