import type { Conversation } from '@countersign/protocol';
import { useCallback, useRef, useState } from 'react';
import { holdPlace } from './view.ts';

export interface Place {
  items: Conversation[];
  /** New ones that are held back while somebody reads further down. */
  fresh: number;
  /** Whether the list stands at its top. */
  stands(atTop: boolean): void;
}

/** The list follows every change at its top; for somebody further down it keeps still. `list` names it. */
export function useHeldPlace(items: Conversation[], list: string): Place {
  const [atTop, setAtTop] = useState(true);
  const shown = useRef<{ list: string; ids: readonly string[] }>({ list, ids: [] });
  const holds = !atTop && shown.current.list === list;
  const { held, fresh } = holds ? holdPlace(shown.current.ids, items) : { held: items, fresh: 0 };
  shown.current = { list, ids: held.map((item) => item.id) };
  const stands = useCallback((next: boolean) => setAtTop(next), []);
  return { items: held, fresh, stands };
}
