import type { Conversation } from '@countersign/protocol';
import { useState } from 'react';
import { rangeBetween } from './range-between.ts';

export interface Selection {
  /** Those of the list that are chosen, in its order. */
  chosen: Conversation[];
  has(id: string): boolean;
  /** `range`: also everything between this one and the one before. */
  toggle(id: string, range: boolean): void;
  /** Chooses exactly these. */
  choose(ids: readonly string[]): void;
}

/** Several conversations at once. What has left the list is not chosen any more. */
export function useSelection(items: Conversation[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const toggle = (id: string, range: boolean) => {
    const list = items.map((item) => item.id);
    const between = range && anchor !== null ? rangeBetween(list, anchor, id) : [id];
    const next = new Set(ids);
    for (const each of between) {
      if (ids.has(id)) next.delete(each);
      else next.add(each);
    }
    setIds(next);
    setAnchor(id);
  };
  return {
    chosen: ids.size === 0 ? [] : items.filter((item) => ids.has(item.id)),
    has: (id) => ids.has(id),
    toggle,
    choose: (next) => setIds(new Set(next)),
  };
}
