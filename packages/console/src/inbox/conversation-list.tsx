import { Button, Loader } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useWorkspace, useWorkspaceState } from '../live/use-workspace.ts';
import { words } from '../strings/words.ts';
import { useNow } from '../time/use-now.ts';
import { ConversationRow, ROW_HEIGHT_PX } from './conversation-row.tsx';
import { ListEmpty, ListFailed, ListLoading } from './list-states.tsx';
import type { Place } from './use-held-place.ts';
import { useRowKeys } from './use-row-keys.ts';
import type { Selection } from './use-selection.ts';
import type { View } from './view.ts';
import './conversation-list.css';

/** The next page is asked for when this many rows are left below. */
const READ_AHEAD_ROWS = 20;
/** Nearer to the top than this counts as being there. */
const AT_TOP_PX = 8;

interface RowsProps {
  place: Place;
  selection: Selection;
  opened: string | null;
}

export function ConversationList({ view, ...props }: RowsProps & { view: View }) {
  const state = useWorkspaceState(({ list }) => list.state);
  if (state === 'loading') return <ListLoading />;
  if (state === 'failed') return <ListFailed />;
  if (props.place.items.length === 0) return <ListEmpty view={view} />;
  return <Rows {...props} />;
}

/** Only the rows in sight are in the document. */
function Rows({ place, selection, opened }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow(15_000);
  const { items } = place;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 6,
  });
  const inSight = rows.getVirtualItems();
  useWatchedRows(inSight.flatMap((row) => items[row.index]?.id ?? []));
  useReadAhead(items.length, inSight.at(-1)?.index ?? 0);
  useRowKeys(scroller, items, opened, (index) => rows.scrollToIndex(index), selection);
  return (
    <div className="rows-frame">
      <FreshPill fresh={place.fresh} onClick={() => rows.scrollToOffset(0)} />
      <div
        className="rows"
        ref={scroller}
        onScroll={({ currentTarget }) => place.stands(currentTarget.scrollTop < AT_TOP_PX)}
      >
        <ul
          style={{ height: rows.getTotalSize() }}
          className={selection.chosen.length > 0 ? 'rows-choosing' : ''}
        >
          {inSight.map((row) => {
            const item = items[row.index];
            return item ? (
              <li
                key={row.key}
                style={{ transform: `translateY(${row.start}px)` }}
                aria-setsize={items.length}
                aria-posinset={row.index + 1}
              >
                <ConversationRow
                  conversation={item}
                  opened={item.id === opened}
                  now={now}
                  chosen={selection.has(item.id)}
                  onChoose={(range) => selection.toggle(item.id, range)}
                />
              </li>
            ) : null;
          })}
        </ul>
        <More />
      </div>
    </div>
  );
}

/** New ones above, for somebody who reads further down. */
function FreshPill({ fresh, onClick }: { fresh: number; onClick: () => void }) {
  return (
    <div role="status">
      {fresh > 0 ? (
        <button type="button" className="rows-fresh" onClick={onClick}>
          <IconArrowUp size={14} stroke={1.5} aria-hidden />
          {words.list.fresh(fresh)}
        </button>
      ) : null}
    </div>
  );
}

function More() {
  const workspace = useWorkspace();
  const more = useWorkspaceState(({ list }) => list.more);
  if (more === 'idle') return null;
  return (
    <div className="rows-more">
      {more === 'loading' ? (
        <Loader size="sm" aria-label={words.list.loading} />
      ) : (
        <>
          <p className="secondary" role="alert">
            {words.list.moreFailed}
          </p>
          <Button variant="default" size="compact-sm" onClick={() => workspace.inbox.more()}>
            {words.retry}
          </Button>
        </>
      )}
    </div>
  );
}

/** Whoever scrolls towards the end gets the next page before being there. */
function useReadAhead(count: number, lastInSight: number): void {
  const workspace = useWorkspace();
  const more = useWorkspaceState(({ list }) => list.more);
  const next = useWorkspaceState(({ list }) => list.next);
  const near = lastInSight >= count - READ_AHEAD_ROWS;
  useEffect(() => {
    if (near && more === 'idle' && next !== null) workspace.inbox.more();
  }, [workspace, near, more, next]);
}

/** What the rows in sight show is kept up to date, also of conversations that are not mine. */
function useWatchedRows(ids: string[]): void {
  const workspace = useWorkspace();
  const key = ids.join(' ');
  useEffect(() => workspace.attention.watch(key === '' ? [] : key.split(' ')), [workspace, key]);
  useEffect(() => () => workspace.attention.watch([]), [workspace]);
}
