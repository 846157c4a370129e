/**
 * What waits to be written on a lane. The link of an entry covers the one before it, so a commit takes one
 * entry of a conversation; who has more waiting goes to the end of the line.
 */
export interface Queued {
  entry: { conversationId: string };
}

export class LaneQueue<Item extends Queued> {
  /** Of each conversation its items in order; conversations in the order of their turn. */
  readonly #lines = new Map<string, Line<Item>>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: Item): void {
    const { conversationId } = item.entry;
    const line = this.#lines.get(conversationId);
    const place: Place<Item> = { item, next: null };
    if (line) {
      line.last.next = place;
      line.last = place;
    } else this.#lines.set(conversationId, { first: place, last: place });
    this.#length += 1;
  }

  /** The first of each conversation, of at most `limit` conversations. */
  take(limit: number): Item[] {
    const items: Item[] = [];
    const again: [string, Line<Item>][] = [];
    for (const [conversationId, line] of this.#lines) {
      if (items.length === limit) break;
      const { item, next } = line.first;
      items.push(item);
      this.#lines.delete(conversationId);
      if (next) again.push([conversationId, { first: next, last: line.last }]);
    }
    for (const [conversationId, line] of again) this.#lines.set(conversationId, line);
    this.#length -= items.length;
    return items;
  }
}

interface Place<Item> {
  item: Item;
  next: Place<Item> | null;
}

interface Line<Item> {
  first: Place<Item>;
  last: Place<Item>;
}
