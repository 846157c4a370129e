import { type KeyboardEvent, useId, useState } from 'react';

export interface Choices<Item> {
  items: readonly Item[];
  active: number;
  listId: string;
  optionId(index: number): string;
  point(index: number): void;
  take(item: Item): void;
  /** True: the key belonged to the list. */
  onKeyDown(event: KeyboardEvent): boolean;
}

/**
 * A list of choices that is worked from a text field which keeps the focus (the combobox pattern of the
 * ARIA Authoring Practices): arrows move, Enter and Tab take, Escape closes.
 */
export function useChoices<Item>(
  items: readonly Item[],
  take: (item: Item) => void,
  close: () => void,
): Choices<Item> {
  const [pointed, setPointed] = useState(0);
  const listId = useId();
  const active = Math.min(pointed, Math.max(0, items.length - 1));
  const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    const step = moves[event.key];
    const item = items[active];
    if (step !== undefined && items.length > 0) {
      setPointed((active + step + items.length) % items.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && isPlain && item !== undefined) {
      take(item);
      setPointed(0);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else return false;
    event.preventDefault();
    return true;
  };
  const optionId = (index: number) => `${listId}-${index}`;
  return { items, active, listId, optionId, point: setPointed, take, onKeyDown };
}
