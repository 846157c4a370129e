/** Reads what was said before, and while this client was away. */
import type { Entry } from './message.ts';
import { HISTORY_PAGE_SIZE, type Rest } from './rest.ts';
import { RestError } from './rest-error.ts';
import type { Timeline } from './timeline.ts';

const CATCH_UP_PAGES = 5;

export interface HistoryContext {
  readonly rest: Rest;
  readonly timeline: Timeline;
  /** A JWT for the history of this session; null when the server gives none. */
  jwt(): Promise<string | null>;
  merge(entries: readonly Entry[]): void;
}

export class HistoryReader {
  #context: HistoryContext;
  #total = 0;

  constructor(context: HistoryContext) {
    this.#context = context;
  }

  get hasOlder(): boolean {
    return this.#context.timeline.confirmedCount < this.#total;
  }

  /** The conversation has one entry more, which this client wrote. */
  grow(): void {
    this.#total += 1;
  }

  clear(): void {
    this.#total = 0;
  }

  /** Reads back until it meets what is known. */
  async catchUp(): Promise<void> {
    const { timeline } = this.#context;
    for (let page = 1; page <= CATCH_UP_PAGES; page += 1) {
      const before = timeline.confirmedCount;
      const read = await this.#page(page);
      const met = timeline.confirmedCount - before < read;
      if (read < HISTORY_PAGE_SIZE || met || before === 0) return;
    }
  }

  /** Reads the next page of earlier entries. */
  async older(): Promise<void> {
    const { confirmedCount } = this.#context.timeline;
    await this.#page(Math.floor(confirmedCount / HISTORY_PAGE_SIZE) + 1);
  }

  /** How many entries the page had. */
  async #page(page: number): Promise<number> {
    const { rest, jwt, merge } = this.#context;
    const token = await jwt();
    if (token === null) return 0;
    try {
      const { entries, total } = await rest.history(token, page);
      this.#total = total;
      merge(entries);
      return entries.length;
    } catch (error) {
      if (error instanceof RestError) return 0;
      throw error;
    }
  }
}
