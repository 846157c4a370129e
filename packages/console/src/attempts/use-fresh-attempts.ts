import { type RefObject, useEffect, useState } from 'react';
import type { AttemptFilter } from '../api/workspace-api.ts';
import { useWorkspace } from '../live/use-workspace.ts';
import { fits } from './attempt-fits.ts';

/** Nearer to the top than this the reader looks at the newest ones. */
const TOP_PX = 40;
/** In a flood the list is read again no more often. */
const REFRESH_MS = 1000;

/**
 * New attempts join the list by themselves while its top is in view; else they are counted, so that
 * nothing moves under the reader's eyes. `refresh` reads the list again; `filter` keeps its identity.
 */
export function useFreshAttempts(
  filter: AttemptFilter,
  scroller: RefObject<HTMLElement | null>,
  refresh: () => void,
) {
  const { attempts } = useWorkspace();
  const [count, setCount] = useState(0);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, REFRESH_MS);
    };
    const noted = (more: number) => {
      if ((scroller.current?.scrollTop ?? 0) > TOP_PX) setCount((before) => before + more);
      else later();
    };
    setCount(0);
    const end = attempts.follow({
      came: (attempt) => {
        if (fits(attempt, filter)) noted(1);
      },
      skipped: noted,
      missed: () => {
        if ((scroller.current?.scrollTop ?? 0) <= TOP_PX) later();
      },
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [attempts, filter, scroller, refresh]);

  const show = () => {
    setCount(0);
    scroller.current?.scrollTo({ top: 0, behavior: 'smooth' });
    refresh();
  };
  return { count, show };
}
