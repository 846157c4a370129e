import type { Conversation } from '@countersign/protocol';
import type { RefObject } from 'react';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import type { Selection } from './use-selection.ts';

/** J and K move the focus along the rows, X chooses; Enter then opens the link that has the focus. */
export function useRowKeys(
  scroller: RefObject<HTMLElement | null>,
  items: Conversation[],
  opened: string | null,
  scrollTo: (index: number) => void,
  selection: Selection,
): void {
  const current = () => {
    const focused = document.activeElement?.getAttribute('data-conversation') ?? opened;
    return items.findIndex((item) => item.id === focused);
  };
  const focus = (index: number) => {
    const id = items[index]?.id;
    if (id === undefined) return;
    scrollTo(index);
    requestAnimationFrame(() => {
      const row = scroller.current?.querySelector(`a[data-conversation="${CSS.escape(id)}"]`);
      if (row instanceof HTMLElement) row.focus({ preventScroll: true });
    });
  };
  const move = (step: number) => {
    const from = current();
    const first = step > 0 ? 0 : items.length - 1;
    focus(from === -1 ? first : Math.min(items.length - 1, Math.max(0, from + step)));
  };
  useShortcut('next', () => move(1));
  useShortcut('previous', () => move(-1));
  useShortcut('choose', () => {
    const id = items[current()]?.id;
    if (id !== undefined) selection.toggle(id, false);
  });
}
