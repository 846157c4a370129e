/** Where files of the conversation are: the node's addresses run out after ten minutes. */
import { type Line, renewAddress, type SentFile } from '@countersign/transport';

/** A minute before they do. */
const STALE_MS = 540_000;

interface Address {
  url: string;
  /** Epoch milliseconds. */
  since: number;
}

export class FileAddresses {
  #line: Line;
  #now: () => number;
  #changed: () => void;
  #known = new Map<string, Address>();
  #asked = new Set<string>();

  constructor(line: Line, now: () => number, changed: () => void) {
    this.#line = line;
    this.#now = now;
    this.#changed = changed;
  }

  /** Null while the message is under way. */
  of({ id, url }: SentFile): string | null {
    const known = this.#known.get(id);
    if (known) return known.url;
    if (url) this.#known.set(id, { url, since: this.#now() });
    return url;
  }

  isStale(id: string): boolean {
    return this.#now() - (this.#known.get(id)?.since ?? 0) > STALE_MS;
  }

  /** A fresh one, where the node gives one: it does to whoever has sent the file. */
  async renew(id: string): Promise<string | null> {
    const url = await renewAddress(this.#line, id);
    if (url === null) return null;
    this.#known.set(id, { url, since: this.#now() });
    this.#changed();
    return url;
  }

  /** A picture could not be shown: with a fresh address, once. */
  failed(id: string): void {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    void this.renew(id);
  }
}
