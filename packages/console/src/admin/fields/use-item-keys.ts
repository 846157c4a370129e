import { useRef } from 'react';

/**
 * A key for each item of a list that goes where the item goes: so what is folded out stays with it, and the
 * focus too.
 */
export function useItemKeys(count: number) {
  const keys = useRef<number[]>([]);
  const last = useRef(0);
  while (keys.current.length < count) {
    last.current += 1;
    keys.current.push(last.current);
  }
  keys.current.length = count;
  const [...before] = keys.current;
  return {
    keys: before,
    move(from: number, to: number) {
      const moved = before.slice(from, from + 1);
      keys.current = before.toSpliced(from, 1).toSpliced(to, 0, ...moved);
    },
    remove(at: number) {
      keys.current = before.toSpliced(at, 1);
    },
  };
}
