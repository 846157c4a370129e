import type { Entry } from '@countersign/protocol';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Nearer to the end than this counts as being there. */
const AT_END_PX = 48;

/**
 * Keeps the end in sight for somebody who is at the end, and the place of somebody who reads back;
 * counts what came below meanwhile. The own message always leads to the end.
 */
export function useTimelineScroll(entries: readonly Entry[], outgoing: number, typing: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stick = useRef(true);
  const seen = useRef(0);
  const outgoingBefore = useRef(0);
  const heightBefore = useRef<number | null>(null);
  const last = entries.at(-1)?.seq ?? 0;
  if (atEnd) seen.current = last;

  const toEnd = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    stick.current = true;
    setAtEnd(true);
    element.scrollTop = element.scrollHeight;
  }, []);

  const onScroll = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    stick.current = left < AT_END_PX;
    setAtEnd(stick.current);
  }, []);

  /** To be called before earlier entries are put above. */
  const keepPlace = useCallback(() => {
    heightBefore.current = ref.current?.scrollHeight ?? null;
  }, []);

  const first = entries[0]?.seq ?? 0;
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || heightBefore.current === null || first === 0) return;
    element.scrollTop += element.scrollHeight - heightBefore.current;
    heightBefore.current = null;
  }, [first]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes at the end moves the end
  useLayoutEffect(() => {
    const wrote = outgoing > outgoingBefore.current;
    outgoingBefore.current = outgoing;
    if (wrote || stick.current) toEnd();
  }, [last, outgoing, typing, toEnd]);

  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (stick.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const below = entries.filter(
    (entry) => entry.seq > seen.current && (entry.kind === 'message' || entry.kind === 'note'),
  ).length;
  return { ref, atEnd, below, toEnd, onScroll, keepPlace };
}
