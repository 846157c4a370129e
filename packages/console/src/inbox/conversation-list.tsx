import type { Conversation } from '@countersign/protocol';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { LISTED_LIMIT } from '../live/workspace.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { words } from '../strings/words.ts';
import { useNow } from '../time/use-now.ts';
import { ConversationRow, ROW_HEIGHT_PX } from './conversation-row.tsx';
import { ListEmpty, ListFailed, ListLoading } from './list-states.tsx';
import type { View } from './view.ts';
import './conversation-list.css';

interface Props {
  view: View;
  items: Conversation[];
  opened: string | null;
}

export function ConversationList({ view, items, opened }: Props) {
  const listing = useWorkspaceState((state) => state.listing);
  if (listing === 'loading') return <ListLoading />;
  if (listing === 'failed') return <ListFailed />;
  if (items.length === 0) return <ListEmpty view={view} />;
  return <Rows items={items} opened={opened} />;
}

/** Only the rows in sight are in the document. */
function Rows({ items, opened }: { items: Conversation[]; opened: string | null }) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(15_000);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 6,
  });
  useWatchedRows(rows.getVirtualItems().flatMap((row) => items[row.index]?.id ?? []));
  useRowKeys(scroller, items, opened, (index) => rows.scrollToIndex(index));
  return (
    <div className="rows" ref={scroller}>
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const item = items[row.index];
          return item ? (
            <li
              key={row.key}
              style={{ transform: `translateY(${row.start}px)` }}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
            >
              <ConversationRow conversation={item} opened={item.id === opened} now={now} />
            </li>
          ) : null;
        })}
      </ul>
      {items.length >= LISTED_LIMIT ? (
        <p className="rows-limit secondary">{words.list.limited(LISTED_LIMIT)}</p>
      ) : null}
    </div>
  );
}

/** What the rows in sight show is kept up to date, also of conversations that are not mine. */
function useWatchedRows(ids: string[]): void {
  const workspace = useWorkspace();
  const key = ids.join(' ');
  useEffect(() => workspace.attention.watch(key === '' ? [] : key.split(' ')), [workspace, key]);
  useEffect(() => () => workspace.attention.watch([]), [workspace]);
}

/** J and K move the focus along the rows; Enter then opens the link that has it. */
function useRowKeys(
  scroller: RefObject<HTMLDivElement | null>,
  items: Conversation[],
  opened: string | null,
  scrollTo: (index: number) => void,
): void {
  const move = (step: number) => {
    const focused = document.activeElement?.getAttribute('data-conversation') ?? opened;
    const from = items.findIndex((item) => item.id === focused);
    const first = step > 0 ? 0 : items.length - 1;
    const to = from === -1 ? first : Math.min(items.length - 1, Math.max(0, from + step));
    const id = items[to]?.id;
    if (id === undefined) return;
    scrollTo(to);
    requestAnimationFrame(() => {
      const row = scroller.current?.querySelector(`[data-conversation="${CSS.escape(id)}"]`);
      if (row instanceof HTMLElement) row.focus({ preventScroll: true });
    });
  };
  useShortcut('j', () => move(1));
  useShortcut('k', () => move(-1));
}
