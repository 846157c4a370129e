/**
 * The conversation as this client knows it: what the server confirmed, in its order and each
 * once, followed by what is still under way. History and live messages are joined by id, and by
 * `channel.time`, which no two messages of a session share (Guest API, section 3.1 rule 5).
 */
import type { ChatMessage, Delivery, Entry } from './message.ts';

export class Timeline {
  #confirmed: readonly Entry[] = [];
  #pending: readonly ChatMessage[] = [];
  #entries: readonly Entry[] = [];

  /** Replaced, never changed in place. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get confirmedCount(): number {
    return this.#confirmed.length;
  }

  /** Takes entries from history or from the socket; gives back those that were not known. */
  merge(entries: readonly Entry[]): readonly Entry[] {
    const fresh = entries.filter((entry) => !this.#knows(entry));
    if (fresh.length === 0) return [];
    this.#confirmed = [...this.#confirmed, ...fresh].sort(byTime);
    this.#publish();
    return fresh;
  }

  addPending(message: ChatMessage): void {
    this.#pending = [...this.#pending, message];
    this.#publish();
  }

  /** The server's own record takes the place of the pending message; the key stays, so a view keeps its element. */
  settle(clientId: string, entry: Entry): void {
    this.#pending = this.#pending.filter((message) => message.key !== clientId);
    const known = this.#confirmed.some((other) => other.id === entry.id);
    if (known) this.#publish();
    else this.merge([{ ...entry, key: clientId }]);
  }

  mark(clientId: string, delivery: Delivery): void {
    this.#pending = this.#pending.map((message) =>
      message.key === clientId ? { ...message, delivery } : message,
    );
    this.#publish();
  }

  drop(clientId: string): void {
    this.#pending = this.#pending.filter((message) => message.key !== clientId);
    this.#publish();
  }

  clear(): void {
    this.#confirmed = [];
    this.#pending = [];
    this.#publish();
  }

  #knows(entry: Entry): boolean {
    return this.#confirmed.some(
      (other) =>
        other.id === entry.id || (other.at === entry.at && other.direction === entry.direction),
    );
  }

  #publish(): void {
    this.#entries = [...this.#confirmed, ...this.#pending];
  }
}

function byTime(a: Entry, b: Entry): number {
  return Date.parse(a.at) - Date.parse(b.at);
}
